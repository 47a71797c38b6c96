using System.Collections.ObjectModel;
using System.Text;
using Xunit;

#pragma warning disable WIRE1003 // the state is what is looked at

namespace Wires.Tests.Serialization.Images;

/// <summary>Any graph of objects is the same one after a move.</summary>
public sealed class ImageGraphTests
{
    private const int Graphs = 300;

    [Theory]
    [InlineData(1)]
    [InlineData(20261125)]
    public void RandomGraphsAreTheSameAfterwards(int seed)
    {
        var random = new Random(seed);
        var shared = 0;
        for (var i = 0; i < Graphs; i++)
        {
            var wire = RandomWire(random);
            var check = new Isomorphism($"seed {seed}, graph {i}");
            GraphWire moved = ImageTrip.Of(wire);
            foreach (var field in typeof(GraphWire).GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic))
            {
                if (field.FieldType.Namespace != "System" || field.FieldType.IsArray)
                {
                    check.Check(field.GetValue(wire), field.GetValue(moved), field.Name);
                }
            }

            // What was moved is as good as what it was made of.
            Assert.Equal(ImageTrip.Write(wire), ImageTrip.Write(moved));
            shared += check.Shared;
        }

        Assert.True(shared > 20 * Graphs, $"only {shared} references are shared: the graphs test little");
    }

    internal static GraphWire RandomWire(Random random)
    {
        var parts = Enumerable.Range(0, random.Next(1, 14)).Select(Part? (i) => Make(i, random)).ToArray();
        List<Part?>[] lists = [.. Enumerable.Range(0, 3).Select(_ => new List<Part?>(Some()))];
        Part?[][] arrays = [[.. Some()], [.. Some()], []];
        int[][] ints = [[1, 2, 3], [], [4]];
        foreach (var part in parts.OfType<Part>())
        {
            Link(part);
        }

        return new GraphWire
        {
            Root = One(),
            Again = One(),
            List = Of(lists),
            ListAgain = random.Next(3) switch { 0 => Of(lists), 1 => Of(arrays), _ => null },
            ListOnceMore = Of(lists),
            Array = Of(arrays),
            Jagged = [Of(arrays), Of(arrays), null],
            Lists = new() { ["a"] = Of(lists), ["b"] = Of(lists) },
            Ints = Of(ints),
            IntsAgain = Of(ints),
            View = new ReadOnlyCollection<Part?>(Of(lists)),
            ViewAgain = Of(lists),
            Immutable = [.. Some()],
            ImmutableList = [.. Some()],
            Text = parts[0]?.Text,
            TextAgain = One()?.Text,
            Table = new Part?[2, 1] { { One() }, { One() } },
            Fixed = new Fixed("f", [null, new Fixed("g", [], null)], null),
        };

        void Link(Part part)
        {
            part.A = One();
            part.List = Of(lists);
            part.Array = Of(arrays);
            part.Several = random.Next(3) switch { 0 => Of(lists), 1 => Of(arrays), _ => null };
            part.ByName = random.Next(2) == 0 ? null : new() { ["x"] = One(), ["y"] = One() };
            part.Numbers = random.Next(2) == 0 ? null : new(Some().OfType<Part>().Distinct().Select((p, i) => KeyValuePair.Create(p, i)));
            part.Set = random.Next(2) == 0 ? null : [.. Some().OfType<Part>()];
            part.Queue = random.Next(2) == 0 ? null : new(Some());
            part.Linked = random.Next(2) == 0 ? null : new(Some());
            part.Ints = Of(ints);
            part.Pair = (random.Next(), One());
            part.Kept.AddRange(Some());
            if (part is Assembled assembly)
            {
                assembly.Extra = One();
            }
        }

        Part? One() => random.Next(5) == 0 ? null : Of(parts);

        T Of<T>(T[] items) => items[random.Next(items.Length)];

        IEnumerable<Part?> Some() => Enumerable.Range(0, random.Next(4)).Select(_ => One()).ToArray();
    }

    private static Part Make(int number, Random random) => random.Next(4) switch
    {
        0 => new Assembled { Name = $"assembly {number}" },
        1 => new Machine { Model = $"model {number}", Engine = random.Next(2) == 0 ? null : new Part(), Name = null },
        _ => new Part { Name = $"part {number}", Text = new StringBuilder("text ").Append(number), B = random.Next(2) == 0 ? null : new Part { Name = "b" } },
    };
}
