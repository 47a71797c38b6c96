#!/usr/bin/env bash
# Packs Wires.Runtime and uses the package as a newcomer does: in a new console project outside the repository, with the README's first sample. Packs and installs the operators' tool.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
repository=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "check-package: $1" >&2
  [ $# -lt 2 ] || printf '%s\n' "$2" >&2
  exit 1
}

# A version that no cache has seen. Warnings of the packer (NU5xxx) are errors.
version=0.0.0-check.$(date +%s).$$
dotnet pack Wires.Runtime -c Release --nologo -v quiet -warnaserror -p:PackageVersion="$version" -o "$work/packages"
dotnet pack Wires.Cli -c Release --nologo -v quiet -warnaserror -p:PackageVersion="$version" -o "$work/packages"

# The local folder comes on top of the user's own sources, and what they have restored before is not downloaded again.
restored=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')
cat >"$work/nuget.config" <<XML
<configuration>
  <config>
    <add key="globalPackagesFolder" value="cache" />
  </config>
  <fallbackPackageFolders>
    <add key="restored" value="$restored" />
  </fallbackPackageFolders>
  <packageSources>
    <add key="wires-packed-here" value="packages" />
  </packageSources>
</configuration>
XML
mkdir -p "$restored"
unset NUGET_PACKAGES

cd "$work"
dotnet new console --name App --no-restore >/dev/null
dotnet add App package Wires.Runtime --version "$version" >add.log || fail "the package cannot be added" "$(cat add.log)"

unpacked=cache/wires.runtime/$version
for file in lib/net10.0/Wires.Runtime.dll lib/net10.0/Wires.Runtime.xml README.md LICENSE \
  analyzers/dotnet/cs/Wires.Generators.dll analyzers/dotnet/cs/Wires.Analyzers.dll analyzers/dotnet/cs/Wires.CodeFixes.dll; do
  [ -f "$unpacked/$file" ] || fail "the package lacks $file" "$(find "$unpacked" -type f)"
done

# The README's first sample, which says in a comment what it prints.
awk '/^```csharp/ { inside = 1; next } /^```/ && inside { exit } inside' "$repository/README.md" >App/Program.cs
expected=$(sed -n 's|.*Console\.WriteLine.*; // ||p' App/Program.cs)
[ -n "$expected" ] || fail "the README's first sample does not say what it prints"
dotnet build App -c Release --nologo -v quiet -warnaserror
actual=$(dotnet run --project App -c Release --no-build)
[ "$actual" = "$expected" ] || fail "the README's first sample printed '$actual' instead of '$expected'"

# The analyzers came along: a wire class that is not partial is an error. So did the fixes: the error can be fixed.
sed -i.old 's/public partial class/public class/' App/Program.cs
if dotnet build App -c Release --nologo -v quiet >build.log; then
  fail "a wire class that is not partial compiled" "$(cat build.log)"
fi
grep -q 'error WIRE4001' build.log || fail "no WIRE4001 for a wire class that is not partial" "$(cat build.log)"
dotnet format analyzers App --diagnostics WIRE4001 --severity error --no-restore >format.log 2>&1 || fail "dotnet format failed" "$(cat format.log)"
grep -q 'public partial class' App/Program.cs || fail "WIRE4001 was not fixed by the fix in the package" "$(cat format.log)"

# The tool is there under its name, and knows its verbs.
dotnet tool install Wires.Cli --tool-path tools --version "$version" >tool.log 2>&1 || fail "the tool cannot be installed" "$(cat tool.log)"
tools/wires --help >help.log 2>&1 || fail "the tool does not run" "$(cat help.log)"
grep -q drain help.log || fail "the tool does not say that it can drain nodes" "$(cat help.log)"

echo "check-package: the tool packs, installs and runs"
echo "check-package: Wires.Runtime packs, restores, builds, runs, reports and fixes"
