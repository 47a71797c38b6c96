using System.Collections.Immutable;

namespace Wires.Tests.Generated;

/// <summary>Takes and returns every kind of thing.</summary>
[Wire]
public partial class Everything
{
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, List<EverythingRef>> _friends = [];
    private (ShelfRef<int> Shelf, EverythingRef? Best) _pair;
    private Basket? _kept;
    private int _calls;

    public int Calls() => _calls;

    public decimal Numbers(int a, long b, bool c, decimal d, Guid e, DateTimeOffset f, Colour g, Half h)
    {
        _calls++;
        return c ? a + b + d : (decimal)(double)h;
    }

    public string? Text(string a, string? b, Uri c, Version d) => Note(b ?? a);

    public List<int> Lists(List<int> a, List<Basket>? b, string?[] c, int[][] d) => Note(a);

    public Dictionary<string, Basket> Maps(Dictionary<string, Basket> a, Dictionary<Spot, Colour> b, HashSet<string> c) => Note(a);

    public (int Count, Basket Basket) Tuples((int Count, Basket Basket) a, (Spot, string)[] b, KeyValuePair<int, string> c) => Note(a);

    public Basket? Objects(Basket? a, Labelled b, Labelled? c, Spot d, Spot? e, int? f) => Note(a);

    public Price Shared(Price a, ImmutableArray<int> b, ImmutableDictionary<string, Price> c) => Note(a);

    public IReadOnlyList<Basket> Interfaces(IReadOnlyList<Basket> a, IEnumerable<int> b, IDictionary<int, string> c) => Note(a);

    public EverythingRef? Refs(EverythingRef a, EverythingRef? b, ShelfRef<int> c, WireId d, WireKey e) => Note(b);

    public List<EverythingRef> RefCollections(List<EverythingRef> a, Dictionary<string, ShelfRef<int>> b, (EverythingRef, ShelfRef<string>?) c, EverythingRef?[] d) => Note(a);

    [return: Move]
    public List<int> Moved([Move] List<int> a) => Note(a);

    public void Keep(Basket basket) => _kept = basket;

    public Basket? Kept() => _kept;

    public async IAsyncEnumerable<Basket> Stream(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return _kept!;
        }
    }

#pragma warning disable WIRE1004 // what happens to who does not listen is what is tested
    public long Unsendable(Stream source) => Note(source.Length);
#pragma warning restore WIRE1004

    public void Befriend(string name, EverythingRef friend, ShelfRef<int> shelf)
    {
        _friends[name] = [friend];
        _pair = (shelf, friend);
        _entries.Add(new Entry(name, new Basket { Owner = name }));
    }

    public string Report() => $"{_calls} {_kept?.Owner} {string.Join(",", _friends.Select(f => f.Key + f.Value[0]))} {_pair} {string.Join(",", _entries.Select(e => e.Name + e.Basket.Owner))}";

    private T Note<T>(T value)
    {
        _calls++;
        return value;
    }

    /// <summary>Private, so that only the class itself can name it.</summary>
    private sealed record Entry(string Name, Basket Basket);
}

/// <summary>A generic wire with a private type that depends on its argument.</summary>
[Wire]
public partial class Shelf<T>
{
    private readonly Dictionary<string, Slot> _slots = [];
    private Slot? _last;

    public int Put(string name, T item)
    {
        _last = _slots[name] = new Slot { Item = item, Count = (_last?.Count ?? 0) + 1 };
        return _last.Count;
    }

    public T? Take(string name) => _slots.TryGetValue(name, out Slot? slot) ? slot.Item : default;

    private sealed class Slot
    {
        private string _note = "";

        public T? Item { get; set; }

        public int Count { get; set; }

        public override string ToString() => _note += "!";
    }
}
