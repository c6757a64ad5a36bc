/* Consent strings by the IAB's own libraries: [{kind: "tcf" | "gpp", …}] on standard input, their texts on standard output. */
import { GVL, TCModel, TCString, PurposeRestriction, Segment } from "@iabtcf/core";
import { GppModel } from "@iabgpp/cmpapi";

const VENDORS = 900;

function list() {
  const vendors = {};
  for (let id = 1; id <= VENDORS; id += 1) {
    vendors[id] = { id, name: `v${id}`, purposes: [1, 2, 4], legIntPurposes: [2], flexiblePurposes: [2, 4], specialPurposes: [],
      features: [], specialFeatures: [], policyUrl: "https://x.example" };
  }
  return { gvlSpecificationVersion: 3, vendorListVersion: 10, tcfPolicyVersion: 4, lastUpdated: "2026-01-01T00:00:00Z",
    purposes: { 1: { id: 1 }, 2: { id: 2 }, 3: { id: 3 }, 4: { id: 4 } }, specialPurposes: {}, features: {}, specialFeatures: {}, stacks: {}, vendors };
}

function tcf(wanted) {
  const model = new TCModel(new GVL(list()));
  model.cmpId = 31; model.cmpVersion = 2; model.isServiceSpecific = true;
  model.purposeConsents.set(wanted.consents);
  model.purposeLegitimateInterests.set(wanted.interests);
  model.vendorConsents.set(wanted.vendors);
  model.vendorLegitimateInterests.set(wanted.interestVendors);
  for (const [vendor, purpose, kind] of wanted.restrictions) { model.publisherRestrictions.add(vendor, new PurposeRestriction(purpose, kind)); }
  return TCString.encode(model, { segments: wanted.segments ? [Segment.CORE, Segment.VENDORS_DISCLOSED] : [Segment.CORE] });
}

function gpp(wanted) {
  const model = new GppModel();
  for (const [section, field, value] of wanted.fields) { model.setFieldValue(section, field, value); }
  return model.encode();
}

let text = "";
for await (const part of process.stdin) { text += part; }
const made = JSON.parse(text).map((wanted) => (wanted.kind === "tcf" ? tcf(wanted) : gpp(wanted)));
process.stdout.write(JSON.stringify(made));
