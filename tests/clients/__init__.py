"""Real clients of the ad server, from npm by the lock file beside this: a VAST player's library, Prebid.js, consent strings."""
