// node run.mjs GROUP: go through one group of methods (groups/GROUP.mjs). Fails with what is not as expected.
const { default: group } = await import(`./groups/${process.argv[2]}.mjs`);
await group();
process.exit(0);
