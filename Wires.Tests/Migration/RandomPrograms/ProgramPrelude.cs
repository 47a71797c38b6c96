namespace Wires.Tests.Migration.RandomPrograms;

/// <summary>What random programs are made of beside themselves: the types of their variables, the wires that run them, and the hooks by which they wait.</summary>
internal static class ProgramPrelude
{
    public const string Source = """
        using System.Collections;
        using System.Collections.Immutable;
        using System.Globalization;
        using System.Numerics;
        using System.Runtime.CompilerServices;
        using System.Text;

        namespace $space;

        public enum Color { Red, Green, Blue }

        public record Item(int Amount, string Name) { public int Extra { get; set; } }

        public readonly record struct Point(int X, string? Y);

        public struct Pair { public int A; public List<int> B; }

        public sealed class Node { public int Value; public Node? Next; public List<int> Items = []; public string? Name { get; set; } }

        public sealed class Failure : Exception
        {
            public Failure(string message) : base(message) { }
            public Failure(string message, Exception inner) : base(message, inner) { }
        }

        public abstract class Shape { public int Side; public abstract int Area { get; } }

        public sealed class Square : Shape { public override int Area => Side * Side; }

        public sealed class Line : Shape { public List<int> Dots = [1]; public override int Area => Dots.Count; }

        /// <summary>An object that is no wire and has methods that wait.</summary>
        public sealed class Worker(int start)
        {
            private readonly List<int> _seen = [];
            private int _sum = start;

            public int Sum => _sum;

            public async WireTask<int> Step(Programs wire, int by)
            {
                int before = _sum;
                await wire.Hop();
                _sum = before + by;
                _seen.Add(by);
                await wire.Hop();
                return _sum + _seen.Count;
            }
        }

        public struct Counter
        {
            public int Count;

            public async WireTask<int> Twice(Programs wire)
            {
                Count++;
                await wire.Hop();
                Count += 2;
                await wire.Hop();
                return Count;
            }
        }

        /// <summary>Another wire, which programs call.</summary>
        [Wire]
        public partial class Companion
        {
            private readonly List<string> _lines = [];
            private int _sum;

            public string[] Lines() => [.. _lines];

            public int Add(int number)
            {
                _lines.Add($"add {number}");
                return _sum += number;
            }

            public async WireTask<int> Slow(int number)
            {
                _lines.Add($"slow {number}");
                int before = _sum;
                await Wire.Delay(TimeSpan.FromMilliseconds(2));
                _lines.Add($"slow {number} done");
                return _sum = before + number;
            }

            public async WireTask<int> Fail(int number)
            {
                _lines.Add($"fail {number}");
                await Wire.Yield();
                throw number % 2 == 0 ? new Failure($"failed {number}") : new InvalidOperationException($"failed {number}");
            }

            public async IAsyncEnumerable<int> Numbers(int first, int count)
            {
                for (int i = 0; i < count; i++)
                {
                    await Wire.Yield();
                    yield return first + i;
                }
            }

            public async WireTask<int> AskBack(ProgramsRef caller, int number)
            {
                _lines.Add($"back {number}");
                return _sum += await caller.Back(number);
            }
        }

        /// <summary>Runs one program, and is its state.</summary>
        [Wire]
        public sealed partial class Programs
        {
            private readonly List<string> _lines = [];
            private string[] _way = [];
            private CompanionRef _other;
            private ProgramsRef _me;
            private int _moves;
            private List<int> _numbers = [1, 2, 3];
            private Dictionary<string, int> _map = new() { ["k0"] = 1, ["k9"] = 2 };
            private HashSet<int> _set = [4, 5];
            private Node _node = new() { Value = 3 };
            private Item _item = new(1, "item");
            private int[][] _grid = [[1], [2, 3]];
            private Pair _pair = new() { A = 1, B = [9] };
            private string _text = "text";
            private long _total;

            public async WireTask<string> Run(int program, string[] way, CompanionRef other, ProgramsRef me)
            {
                (_way, _other, _me) = (way, other, me);
                string outcome;
                try
                {
                    outcome = Shown.Of(await Start(program));
                }
                catch (Exception e)
                {
                    outcome = Shown.Of(e);
                }

                // Comes after all calls that were begun and are not awaited any more.
                await other.Add(0);
                return outcome;
            }

            public int Back(int number)
            {
                Log($"back {number}");
                return (int)((_total += number) % 1000);
            }

            public int Moves() => _moves;

            public string[] Lines() => [.. _lines];

            public string State() => Shown.Of((_numbers, _map, _set, _node, _item, _grid, _pair, _text, _total))
                + ReferenceEquals(_grid[0], _grid[1]) + ReferenceEquals(_node.Items, _numbers) + ReferenceEquals(_pair.B, _numbers) + ReferenceEquals(_node.Next?.Next, _node);

            /// <summary>What each wait goes through.</summary>
            internal async WireTask Hop()
            {
                if (_way.Length == 0)
                {
                    await Wire.Yield();
                    return;
                }

                string to = Elsewhere;
                await Wire.MoveTo(to);
                _moves++;
            }

            private string Elsewhere => _way.Length == 0 ? Wire.Node : _way[0] == Wire.Node ? _way[1] : _way[0];

            private void Log(string line) => _lines.Add(line);

            private async WireTask<int> Number(int number)
            {
                await Hop();
                return number;
            }

            private async WireTask<T> Pass<T>(T value)
            {
                await Hop();
                return value;
            }

            private static async WireTask<List<T>> Both<T>(Programs wire, T first, T second)
            {
                List<T> both = [first];
                await wire.Hop();
                both.Add(second);
                return both;
            }

            private async WireTask<int> Thrown(int number)
            {
                await Hop();
                throw number % 2 == 0 ? new ArgumentException($"thrown {number}") : new Failure($"thrown {number}", new InvalidOperationException("cause"));
            }

            /// <summary>Moves while the call is under way.</summary>
            private async WireTask<int> Moving(ValueTask<int> call)
            {
                WireTask mover = Hop();
                int result = await call;
                await mover;
                return result;
            }

            /// <summary>Moves while the calls are under way; which comes first is nobody's promise.</summary>
            private async WireTask<int> Race(ValueTask<int> left, ValueTask<int> right)
            {
                WireTask<int> race = Wire.WhenAny(left, right);
                WireTask mover = Hop();
                int first = await race;
                int won = first == 0 ? await left : await right;
                await mover;
                int lost = first == 0 ? await right : await left;
                return first == 0 ? won + (2 * lost) : lost + (2 * won);
            }

            private async WireTask<int> Sleep(int number)
            {
                WireTask mover = Hop();
                await Wire.Delay(TimeSpan.FromMilliseconds(1));
                await mover;
                return number;
            }

            private static int Mod(int number, int by) => (int)((uint)number % (uint)by);

            private static int Sum(int first, int second, int third) => first + (3 * second) - third;
        }

        public static class Shown
        {
            public static string Of(object? value, int depth = 0) => value switch
            {
                null => "null",
                string text => $"'{text}'",
                Exception e => $"{e.GetType().Name}({e.Message}; {Of(e.InnerException)})",
                Node node => depth > 6 ? "..." : $"Node {node.Value} {node.Name} {Of(node.Items)} > {Of(node.Next, depth + 1)}",
                Pair pair => $"Pair {pair.A} {Of(pair.B)}",
                Line line => $"Line {line.Side} {Of(line.Dots)}",
                Shape shape => $"Shape {shape.Side} {shape.Area}",
                Worker worker => $"Worker {worker.Sum}",
                Counter counter => $"Counter {counter.Count}",
                StringBuilder text => text.ToString(),
                DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
                ITuple tuple => "(" + string.Join(",", Enumerable.Range(0, tuple.Length).Select(i => Of(tuple[i], depth + 1))) + ")",

                // Where elements were removed, the order of what comes later is nobody's promise.
                IDictionary map => "{" + string.Join(",", map.Keys.Cast<object>().Select(key => $"{Of(key)}:{Of(map[key], depth + 1)}").Order(StringComparer.Ordinal)) + "}",
                HashSet<int> set => "{" + string.Join(",", set.Order()) + "}",
                IEnumerable items => "[" + string.Join(",", items.Cast<object?>().Select(item => Of(item, depth + 1))) + "]",
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString()!,
            };
        }

        public static class Entry
        {
            /// <summary>Runs a program in a new wire: its outcome, its effects in their order, its final state, what it did to its companion; and how often it moved.</summary>
            public static async Task<(string Seen, int Moves)> Run(IWires wires, string key, int program, string[] way)
            {
                CompanionRef other = wires.Get<CompanionRef>(key);
                ProgramsRef wire = wires.Get<ProgramsRef>(key);
                string outcome = await wire.Run(program, way, other, wire);
                string lines = string.Join("\n", (await wire.Lines()).Concat(await other.Lines()));
                return ($"{outcome}\n{lines}\n{await wire.State()}", await wire.Moves());
            }
        }
        """;
}
