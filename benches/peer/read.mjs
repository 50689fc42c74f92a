// The yardstick of `cargo bench --bench whole_run -- --peer`: Microsoft's JavaScript client reads the groups, and of
// each licensed group the members with their license states, eight groups at once. It judges and writes nothing.

import { Client, HTTPMessageHandler, RetryHandler } from "@microsoft/microsoft-graph-client";

// Codes up to 1 are verdicts of the program beside it.
process.on("uncaughtException", (error) => {
    console.error(error);
    process.exit(2);
});

const root = process.argv[2];
const retries = new RetryHandler();
retries.setNext(new HTTPMessageHandler());
const client = Client.initWithMiddleware({ middleware: retries, baseUrl: new URL(root).origin, defaultVersion: "v1.0" });
const headers = { Authorization: `Bearer ${process.env.TOLLGATE_ACCESS_TOKEN}`, ConsistencyLevel: "eventual" };
const GROUP = "id,displayName,assignedLicenses";
const USER = "id,displayName,userPrincipalName,accountEnabled,userType,usageLocation,creationType,externalUserState,licenseAssignmentStates";

async function read(path) {
    const objects = [];
    // The client takes only https links for whole addresses, and this server speaks plain HTTP.
    for (let next = path; next; next = next.replace(root, "")) {
        const page = await client.api(next).headers(headers).get();
        objects.push(...page.value);
        next = page["@odata.nextLink"] ?? "";
    }
    return objects;
}

const groups = await read(`/groups?$select=${GROUP}&$top=999`);
const licensed = groups.filter((group) => group.assignedLicenses?.length > 0);
const unread = licensed.values();
await Promise.all(
    Array.from({ length: 8 }, async () => {
        for (const group of unread) {
            group.members = await read(`/groups/${group.id}/members/microsoft.graph.user?$count=true&$select=${USER}&$top=999`);
        }
    }),
);
const members = licensed.reduce((sum, group) => sum + group.members.length, 0);
console.log(JSON.stringify({ groups: licensed.length, members }));
