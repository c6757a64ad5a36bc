/* Prebid.js as a page loads it, with the adapter that asks a server in OpenRTB. */
import pbjs from "prebid.js";
import "prebid.js/modules/prebidServerBidAdapter.js";

pbjs.processQueue();
