#!/usr/bin/env bash
# What the analyzers add to a build: eng/measure-analyzers.sh [wire classes] [other classes] [rounds]
# Builds a generated project in turn with no analyzer at all, with those that the SDK has on in every project, and with ours too, the generator on in all three.
# Compares the CPU time of the least disturbed round of each, and of the median one. What analyzers share (their driver, bound bodies) the SDK's pay for in the second.
# The compiler runs in a process of its own, so that no server keeps anything from one round to the next.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
wires=${1:-1000} others=${2:-5000} rounds=${3:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 LC_ALL=C
# Timings must not depend on what the machine compiles lazily in either case.
for project in Wires.Runtime Wires.CodeFixes; do
  dotnet build "$project" -c Release --nologo -v quiet
done
bin=$work/bin
mkdir "$bin"
# Copies, so that a build meanwhile changes nothing between the rounds.
for project in Wires.Runtime Wires.Generators Wires.Analyzers; do
  cp "artifacts/bin/$project/release/$project.dll" "$bin"
done

cat >"$work/Generated.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <EnableNETAnalyzers>false</EnableNETAnalyzers>
    <UseSharedCompilation>false</UseSharedCompilation>
  </PropertyGroup>
  <ItemGroup>
    <Reference Include="$bin/Wires.Runtime.dll" />
    <Analyzer Include="$bin/Wires.Generators.dll" />
    <Analyzer Include="$bin/Wires.Analyzers.dll" Condition="'\$(WithoutRules)' != 'true'" />
  </ItemGroup>
</Project>
XML

wire() {
  cat <<CS
using Wires;
namespace Generated;
public sealed record Line$1(string Sku, int Quantity, decimal Price) { public decimal Total => Quantity * Price; }
[Wire]
public partial class Cart$1(TimeProvider time)
{
    private readonly Dictionary<string, Line$1> _lines = [];
    private readonly List<string> _log = [];
    private DateTimeOffset _touched;
    private int Version { get; set; }
    public void Add(Line$1 line)
    {
        _touched = time.GetUtcNow();
        _lines[line.Sku] = _lines.TryGetValue(line.Sku, out Line$1? old) ? old with { Quantity = old.Quantity + line.Quantity } : line;
        Version++;
    }
    public bool Remove(string sku) => _lines.Remove(sku);
    public decimal Total() => _lines.Values.Sum(l => l.Total);
    public Line$1[] Lines() => [.. _lines.Values.OrderBy(l => l.Sku, StringComparer.Ordinal)];
    public string Show() => Helper$1.Show(Total()) + " at " + _touched + ", " + Version;
    public async WireTask<bool> Checkout(Cart$2Ref next, CancellationToken cancellation)
    {
        if (_lines.Count == 0) return false;
        foreach (Line$1 line in _lines.Values)
        {
            await next.Remove(line.Sku);
            _log.Add(line.Sku);
        }
        await Wire.Delay(TimeSpan.FromSeconds(1), cancellation);
        _lines.Clear();
        return true;
    }
    [Every("00:01:00")]
    private void Trim() { if (_log.Count > 100) _log.RemoveRange(0, _log.Count - 100); }
}
internal static class Helper$1 { public static string Show(decimal value) => value.ToString("N2", System.Globalization.CultureInfo.InvariantCulture); }
CS
}

other() {
  cat <<CS
namespace Generated.Others;
public interface IStore$1 { ValueTask<string?> Find(int key, CancellationToken cancellation); }
public sealed class Service$1(IStore$1 store)
{
    private static int s_calls;
    private readonly Dictionary<int, string> _cache = [];
    private readonly object _gate = new();
    public int Hits { get; private set; }
    public async Task<string?> Get(int key, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref s_calls);
        lock (_gate)
        {
            if (_cache.TryGetValue(key, out string? known)) { Hits++; return known; }
        }
        string? found = await store.Find(key, cancellation).ConfigureAwait(false);
        if (found is { Length: > 0 } text)
        {
            lock (_gate) { _cache[key] = text; }
        }
        return found;
    }
    public IReadOnlyList<string> Top(int count) => _cache.OrderBy(p => p.Key).Take(count).Select(p => \$"{p.Key}: {p.Value}").ToList();
    public int Sum(IEnumerable<int> values)
    {
        int sum = 0;
        foreach (int value in values)
        {
            if (value % 3 == 0) continue;
            sum += value switch { < 0 => -value, > 100 => 100, _ => value };
            Console.WriteLine(sum);
        }
        for (int i = 0; i < 10; i++) { sum ^= i; _cache.Remove(i); }
        return Math.Max(sum, s_calls);
    }
}
CS
}

for ((i = 0; i < wires; i++)); do wire $i $(((i + 1) % wires)) >"$work/Cart$i.cs"; done
for ((i = 0; i < others; i++)); do other $i >"$work/Service$i.cs"; done

cd "$work"
dotnet restore --nologo -v quiet
# CPU seconds of one build, its output in build.log.
build() {
  local TIMEFORMAT='%U %S'
  { time dotnet build -c Release --no-restore --no-incremental --nologo -p:ReportAnalyzer=true -v detailed "$@" >build.log 2>&1 || { grep -m 5 "error" build.log >&2; exit 1; }; } 2>&1 |
    awk '{ print $1 + $2 }'
}

for ((round = 1; round <= rounds; round++)); do
  build -p:RunAnalyzers=false >>none
  build -p:WithoutRules=true >>sdk
  build >>ours
  echo "round $round: $(tail -n 1 none) s CPU with no analyzer, $(tail -n 1 sdk) s with the SDK's, $(tail -n 1 ours) s with ours too"
done

echo "Time of each rule in the last round, over all threads:"
grep -E '^ *(<?[0-9.]+ +<?[0-9]+ +|Total analyzer|Total generator|NOTE)' build.log | grep -E 'Wires\.|Total' || true
echo "$wires wire classes, $others others:"
for rank in least median; do
  for what in none sdk ours; do
    sort -n "$what" | sed -n "$([ $rank = least ] && echo 1 || echo $(((rounds + 1) / 2)))p"
  done | paste -s - | awk -v rank=$rank \
    '{ printf "%s: %.1f s CPU with no analyzer, %.1f s with the SDK'"'"'s, %.1f s with ours too: %+.1f %% by ours, %+.1f %% by all\n", rank, $1, $2, $3, ($3 - $2) / $2 * 100, ($3 - $1) / $1 * 100 }'
done
