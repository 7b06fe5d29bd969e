// The manifest: licences that may enter the corpus, exact versions, and a split that tears no project apart.
import assert from "node:assert/strict";
import { integrityOf, wheelTarget } from "../../models/training/corpus/fetch.js";
import { isPermissive, presetPackages, projectOf, readManifest, type Split } from "../../models/training/corpus/manifest.js";

describe("corpus manifest", () => {
  const packages = readManifest();

  it("allows permissive licences only", () => {
    for (const licence of ["MIT", "Apache-2.0", "BSD-3-Clause", "ISC", "(MIT OR GPL-3.0-only)", "Apache-2.0 AND MIT"]) assert.ok(isPermissive(licence), licence);
    for (const licence of ["", "GPL-3.0-only", "LGPLv3", "MPL-2.0", "EPL-2.0", "MIT AND GPL-2.0-only", "SEE LICENSE IN LICENSE.md", "UNLICENSED"]) assert.ok(!isPermissive(licence), licence);
  });

  it("pins every package: exact version, permissive licence, integrity", () => {
    assert.ok(packages.length >= 100);
    for (const { name, version, licence, integrity, file } of packages) {
      assert.match(version, /^\d+\.\d+[\w.+-]*$/, name);
      assert.ok(isPermissive(licence), name);
      assert.match(integrity, /^sha(512|256)-[A-Za-z0-9+/]{43,}=*$/, name);
      assert.match(file, /\.(tgz|whl)$/, name);
    }
  });

  it("splits by project", () => {
    const splits = new Map<string, Set<Split>>();
    for (const pack of packages) splits.set(projectOf(pack), (splits.get(projectOf(pack)) ?? new Set<Split>()).add(pack.split));
    assert.deepEqual([...splits].filter(([, found]) => found.size > 1), []);
    for (const split of ["train", "valid", "test"]) assert.ok(packages.some((pack) => pack.split === split));
  });

  it("takes the packages of an npm scope for one project", () => {
    assert.equal(projectOf({ name: "@angular/core" }), projectOf({ name: "@angular/forms" }));
    assert.equal(projectOf({ name: "rxjs" }), "rxjs");
  });

  it("has all splits in the smoke preset", () => {
    const smoke = presetPackages(["--preset", "smoke"]);
    assert.deepEqual([...new Set(smoke.map(({ split }) => split))].sort(), ["test", "train", "valid"]);
    assert.ok(smoke.length < 10);
  });

  it("asks pip for the very wheel of the manifest, on any machine", () => {
    assert.deepEqual(wheelTarget("flask-3.1.3-py3-none-any.whl"), []);
    assert.deepEqual(wheelTarget("numpy-2.3.0-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl"),
      ["--implementation", "cp", "--python-version", "311", "--abi", "cp311", "--platform", "manylinux_2_27_x86_64", "--platform", "manylinux_2_28_x86_64"]);
  });

  it("writes integrity as npm does", () => {
    assert.equal(integrityOf(Buffer.from("abc"), "sha256"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  });
});
