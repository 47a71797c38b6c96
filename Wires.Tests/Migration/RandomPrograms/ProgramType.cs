namespace Wires.Tests.Migration.RandomPrograms;

/// <summary>A type that variables of random programs have, as templates of code: <c>$v</c> is a variable of it and <c>$i</c> any number, awaited or not.</summary>
/// <param name="Name">As C# says it.</param>
/// <param name="Make">A new value.</param>
/// <param name="Number">A number that depends on the value.</param>
/// <param name="Changes">Statements that change it.</param>
internal sealed record ProgramType(string Name, string Make, string Number, params string[] Changes)
{
    /// <summary>Whether two variables may be one object.</summary>
    public bool IsReference { get; private init; }

    /// <summary>What a foreach over it gives numbers by: the type of the element and what is added to a variable of it; null for none.</summary>
    public (string Element, string Number, string View)? Loop { get; private init; }

    public static readonly ProgramType Int = new("int", "$i", "$v", "$v += $i", "$v = $i - $v", "$v = Sum($v, $i, $i)", "$v = $v > 3 ? $i : -$v");
    public static readonly ProgramType Long = new("long", "$i * 3L", "((int)($v % 1000))", "$v += $i", "$v = $i ^ $v");
    public static readonly ProgramType Text = new("string", "\"s\" + $i", "$v.Length", "$v += $i", "$v = $\"{$v}-{$i}\"", "$v = string.Concat($v, \"x\", $i.ToString())");
    public static readonly ProgramType Numbers = Reference("List<int>", "new List<int> { $i, $i }", "($v.Count + $v[0])", ("int", "$e", ""), "$v.Add($i)", "$v[Mod($i, $v.Count)] += $i", "$v.Insert(Mod($i, $v.Count), $i)");
    public static readonly ProgramType Map = Reference("Dictionary<string, int>", "new Dictionary<string, int> { [\"k0\"] = $i, [\"k1\"] = $i }", "($v.Count + $v[\"k0\"])", ("(string $k, int $e)", "$k.Length + $e", ""), "$v[\"k\" + Mod($i, 5)] = $i", "$v[\"k0\"] += $i", "$v.Remove(\"k\" + (1 + Mod($i, 4)))");
    public static readonly ProgramType Set = Reference("HashSet<int>", "new HashSet<int> { 1, Mod($i, 20) }", "$v.Count", ("int", "$e", ""), "$v.Add(Mod($i, 50))", "$v.Remove(2 + Mod($i, 50))");
    public static readonly ProgramType Node = Reference("Node", "new Node { Value = $i }", "($v.Value + $v.Items.Count)", null, "$v.Value += $i", "$v.Items.Add($i)", "$v.Name += $i", "$v.Next = new Node { Value = $i, Next = $v }", "$v.Next = $v", "($v.Next ??= new Node { Value = $i }).Value += $i");
    public static readonly ProgramType Item = Reference("Item", "new Item($i, \"i\" + $i)", "($v.Amount + $v.Extra)", null, "$v.Extra += $i", "$v = $v with { Amount = $i }", "$v = new Item($v.Amount, $v.Name + $i)");
    public static readonly ProgramType Grid = Reference("int[][]", "new int[][] { new int[] { $i }, new int[] { $i, $i } }", "$v[1][0]", ("int[]", "$e.Length", ""), "$v[1][Mod($i, $v[1].Length)] ^= $i", "$v[0] = $v[1]", "$v[1] = new int[] { $i, $i }");
    public static readonly ProgramType Pair = new("Pair", "new Pair { A = $i, B = new List<int> { $i } }", "($v.A + $v.B.Count)", "$v.A += $i", "$v.B.Add($i)");
    public static readonly ProgramType Worker = Reference("Worker", "new Worker($i)", "$v.Sum", null);
    public static readonly ProgramType Counter = new("Counter", "new Counter { Count = $i }", "$v.Count", "$v.Count += $i");

    public static readonly ProgramType[] All =
    [
        Int, Int, Int, Long, Text, Text, Numbers, Numbers, Map, Set, Node, Item, Grid, Pair, Worker, Counter,
        new("bool", "$i > 3", "($v ? 1 : 0)", "$v = !$v", "$v = $v && $i > 2", "$v |= $i < 4"),
        new("char", "(char)('a' + Mod($i, 20))", "((int)$v)", "$v = (char)('b' + Mod($i, 20))"),
        new("uint", "unchecked((uint)$i)", "((int)$v)", "$v += unchecked((uint)$i)"),
        new("decimal", "$i / 4m", "((int)($v % 1000))", "$v += $i", "$v = decimal.Round($v / 3m, 4) + $i"),
        new("double", "$i / 8.0", "((int)($v % 1000))", "$v += $i", "$v = ($v / 2) - $i"),
        new("DateTime", "new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(Mod($i, 1000))", "$v.DayOfYear", "$v = $v.AddMinutes(Mod($i, 1000))"),
        new("DateTimeOffset", "new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.FromHours(Mod($i, 10)))", "$v.Hour", "$v = $v.AddMinutes(Mod($i, 1000))"),
        new("TimeSpan", "TimeSpan.FromSeconds(Mod($i, 1000))", "$v.Minutes", "$v += TimeSpan.FromMilliseconds(Mod($i, 1000))"),
        new("Guid", "new Guid($i, 1, 2, new byte[8])", "Mod((int)$v.ToByteArray()[0], 100)", "$v = new Guid($i, 7, 2, $v.ToByteArray()[..8])"),
        new("Color", "(Color)Mod($i, 3)", "((int)$v)", "$v = (Color)Mod((int)$v + $i, 3)"),
        new("Point", "new Point($i, \"p\" + $i)", "$v.X", "$v = $v with { X = $i }", "$v = new Point($v.X + $i, $v.Y)"),
        new("Point?", "Mod($i, 3) == 0 ? null : new Point($i, null)", "($v?.X ?? 7)", "$v = new Point(($v?.X ?? 1) + $i, \"q\")", "$v = null", "$v ??= new Point($i, \"r\")"),
        new("int?", "Mod($i, 2) == 0 ? null : $i", "($v ?? 5)", "$v = ($v ?? 1) + $i", "$v ??= $i", "$v = null"),
        new("DateTime?", "Mod($i, 2) == 0 ? null : DateTime.UnixEpoch.AddDays(Mod($i, 100))", "($v?.Day ?? 5)", "$v ??= DateTime.UnixEpoch.AddDays(Mod($i, 100))"),
        new("(int, string)", "($i, \"t\" + $i)", "$v.Item1", "$v.Item1 += $i", "$v = ($v.Item1 + $i, $v.Item2)", "($v.Item1, $v.Item2) = ($i, \"u\")"),
        new("(int A, List<int> B)", "($i, new List<int> { $i })", "($v.A + $v.B.Count)", "$v.A += $i", "$v.B.Add($i)", "$v = ($i, $v.B)"),
        new("KeyValuePair<string, int>", "new KeyValuePair<string, int>(\"k\", $i)", "$v.Value", "$v = new KeyValuePair<string, int>($v.Key + $i, $v.Value)"),
        new("BigInteger", "new BigInteger($i)", "((int)($v % 1000))", "$v = ($v * 10) + $i"),
        new("ImmutableArray<int>", "ImmutableArray.Create($i, $i)", "$v[0]", "$v = $v.Add($i)", "$v = $v.SetItem(0, $i)"),
        Reference("ImmutableList<int>", "ImmutableList.Create($i, $i)", "$v[0]", null, "$v = $v.Add($i)"),
        Reference("Tuple<int, string>", "Tuple.Create($i, \"t\" + $i)", "$v.Item1", null, "$v = Tuple.Create($v.Item1 + $i, $v.Item2)"),
        Reference("StringBuilder", "new StringBuilder(\"b\" + $i)", "$v.Length", null, "$v.Append($i)"),
        new("object", "(object)$i", "$v.ToString()!.Length", "$v = (object)(\"o\" + $i)", "$v = (object)$i"),
        Reference("Shape", "new Line { Side = $i }", "$v.Area", null, "$v.Side += $i", "$v = new Square { Side = Mod($i, 30) }"),
        Reference("int[]", "new int[] { $i, $i, $i }", "$v[0]", ("int", "$e", ""), "$v[Mod($i, $v.Length)] += $i", "$v[1] = $i"),
        Reference("string[]", "new string[] { \"a\", \"b\" + $i }", "$v[0].Length", ("string", "$e.Length", ""), "$v[Mod($i, $v.Length)] += $i"),
        Reference("Point[]", "new Point[] { new Point($i, \"a\"), default }", "$v[0].X", ("Point", "$e.X", ""), "$v[Mod($i, 2)] = new Point($i, \"c\")"),
        Reference("int[,]", "new int[2, 2] { { $i, 1 }, { 2, $i } }", "$v[1, 1]", ("int", "$e", ""), "$v[1, Mod($i, 2)] += $i"),
        Reference("List<string>", "new List<string> { \"l\" + $i }", "$v[0].Length", ("string", "$e.Length", ""), "$v.Add(\"m\" + $i)", "$v[0] += $i"),
        Reference("List<Node>", "new List<Node> { new Node { Value = $i } }", "$v[0].Value", ("Node", "$e.Value", ""), "$v.Add($v[0])", "$v[0].Value += $i", "$v.Add(new Node { Value = $i, Next = $v[0] })"),
        Reference("List<Point>", "new List<Point> { new Point($i, \"a\") }", "$v[0].X", ("Point", "$e.X", ""), "$v.Add(new Point($i, null))"),
        Reference("Dictionary<int, List<int>>", "new Dictionary<int, List<int>> { [0] = new List<int> { $i } }", "$v[0].Count", ("int", "$e", ".Keys"), "$v[Mod($i, 4)] = new List<int> { $i }", "$v[0].Add($i)", "$v[1] = $v[0]"),
        Reference("Dictionary<Color, Point>", "new Dictionary<Color, Point> { [Color.Green] = new Point($i, \"g\") }", "$v.Count", ("Point", "$e.X", ".Values"), "$v[(Color)Mod($i, 3)] = new Point($i, null)"),
        Reference("SortedDictionary<int, string>", "new SortedDictionary<int, string> { [$i] = \"v\" }", "$v.Count", null, "$v[$i] = \"w\" + $i"),
        Reference("SortedSet<int>", "new SortedSet<int> { $i }", "$v.Min", null, "$v.Add($i)"),
        Reference("LinkedList<int>", "new LinkedList<int>(new int[] { $i })", "$v.First!.Value", null, "$v.AddLast($i)", "$v.AddFirst($i)"),
        Reference("Queue<int>", "new Queue<int>(new int[] { $i, $i })", "$v.Peek()", ("int", "$e", ""), "$v.Enqueue($i)", "$v.Enqueue($v.Dequeue() + $i)"),
        Reference("Stack<int>", "new Stack<int>(new int[] { $i, $i })", "$v.Peek()", ("int", "$e", ""), "$v.Push($i)", "$v.Push($v.Pop() + $i)"),
        Reference("IList<int>", "new List<int> { $i, $i }", "$v[0]", null, "$v.Add($i)", "$v[0] += $i"),
        Reference("IReadOnlyList<int>", "new int[] { $i, $i }", "$v[0]", null, "$v = new List<int> { $i }"),
        Reference("IDictionary<string, int>", "new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { [\"k0\"] = $i }", "$v[\"K0\"]", null, "$v[\"K\" + Mod($i, 3)] = $i"),
    ];

    /// <summary>The fields of the wire that runs programs.</summary>
    public static readonly (ProgramType Type, string Name)[] State =
        [(Numbers, "_numbers"), (Map, "_map"), (Set, "_set"), (Node, "_node"), (Item, "_item"), (Grid, "_grid"), (Pair, "_pair"), (Text, "_text"), (Long, "_total")];

    private static ProgramType Reference(string name, string make, string number, (string, string, string)? loop, params string[] changes) => new(name, make, number, changes) { IsReference = true, Loop = loop };
}
