using System.Globalization;

namespace Wires.Tests.Generators;

/// <summary>Wire classes by the thousand, each in its own file, as a large solution would have them.</summary>
internal static class ManyWires
{
    public static IEnumerable<string> Sources(int count) => Enumerable.Range(0, count).Select(i => Source(i, count));

    private static string Source(int i, int count)
    {
        var next = ((i + 1) % count).ToString(CultureInfo.InvariantCulture);
        return $$"""
            namespace Shop.Part{{i % 10}};

            /// <summary>An account.</summary>
            [Wire]
            public partial class Account{{i}}(IServiceProvider services)
            {
                private readonly Dictionary<string, List<int>> _items = [];
                private decimal _balance;
                private DateTimeOffset _touched;
                private string? _name;

                public int Seen { get; private set; }

                /// <summary>What is left.</summary>
                public decimal Balance() => _balance;

                [Interleave]
                public void Deposit(int amount)
                {
                    _balance += amount;
                    Seen++;
                }

                public async WireTask<bool> Transfer(global::Shop.Part{{(i + 1) % count % 10}}.Account{{next}}Ref to, int amount, CancellationToken ct = default)
                {
                    if (_balance < amount || services is null || _touched == default) return false;
                    await to.Deposit(amount);
                    return true;
                }

                public List<int> Add(string name, List<int> items) { _items[name] = items; _name = name; return items; }

                [OneWay] public void Note(string text, DateTimeOffset at) => _touched = at;
            }
            """;
    }
}
