using System.Runtime.CompilerServices;
using Wires.Serialization;
using Wires.Serialization.Formatters;

namespace Wires.Tests.Serialization;

/// <summary>Written by hand for the types of the vectors, as the generator is to write them.</summary>
internal static class VectorFormatters
{
    [ModuleInitializer]
    internal static void Register()
    {
        WireFormatters.Register(new UnmanagedFormatter<Padded>());
        WireFormatters.Register(new UnmanagedFormatter<Point>());
        WireFormatters.Register(new UnmanagedFormatter<DayOfWeek>());
        WireFormatters.Register(new PersonFormatter());
        WireFormatters.Register(new LineFormatter());
        WireFormatters.Register(new MixedFormatter());
        WireFormatters.Register(new TolerantFormatter());
        WireFormatters.Register(new GappyFormatter());
        WireFormatters.Register(new NodeFormatter());
        WireFormatters.Register(new ShapeFormatter());
        WireFormatters.Register(new CircleFormatter());
        WireFormatters.Register(new RectFormatter());
        WireFormatters.Register(new IgnoredFormatter());
        WireFormatters.Register(new DerivedFormatter());
        WireFormatters.Register(new BoxFormatter<string>());
        WireFormatters.Register(new ListFormatter<string>());
        WireFormatters.Register(new ArrayFormatter<Person>());
    }

    /// <summary>What every class of a fixed set of members shares.</summary>
    private abstract class ObjectFormatter<T>(byte members) : WireFormatter<T>
        where T : class, new()
    {
        public override void Write(ref WireWriter writer, scoped ref readonly T? value)
        {
            if (value is null)
            {
                writer.WriteNullObjectHeader();
                return;
            }

            Check(value);
            writer.WriteObjectHeader(members);
            WriteMembers(ref writer, value);
        }

        public override void Read(ref WireReader reader, scoped ref T? value)
        {
            if (!reader.TryReadObjectHeader(out var count))
            {
                value = null;
                return;
            }

            if (count > members)
            {
                WireSerializationException.ThrowMemberCount<T>(members, count, in reader);
            }

            value = new T();
            ReadMembers(ref reader, value, count);
        }

        public override T? Copy(T? value, ref CopyContext context)
        {
            if (value is null)
            {
                return null;
            }

            Check(value);
            var copy = new T();
            CopyMembers(value, copy, ref context);
            return copy;
        }

        protected abstract void WriteMembers(ref WireWriter writer, T value);

        protected abstract void ReadMembers(ref WireReader reader, T value, int count);

        protected abstract void CopyMembers(T from, T to, ref CopyContext context);

        protected static void Check(T value)
        {
            if (value.GetType() != typeof(T))
            {
                WireSerializationException.ThrowRuntimeType<T>(value);
            }
        }
    }

    private sealed class PersonFormatter() : ObjectFormatter<Person>(4)
    {
        protected override void WriteMembers(ref WireWriter writer, Person value)
        {
            writer.WriteString(value.Name);
            writer.WriteUnmanaged(value.Age);
            writer.WriteValue(value.Tags);
            writer.WriteValue(value.Boss);
        }

        protected override void ReadMembers(ref WireReader reader, Person value, int count)
        {
            if (count > 0)
            {
                value.Name = reader.ReadString();
            }

            if (count > 1)
            {
                value.Age = reader.ReadUnmanaged<int>();
            }

            if (count > 2)
            {
                value.Tags = reader.ReadValue<List<string>>();
            }

            if (count > 3)
            {
                value.Boss = reader.ReadValue<Person>();
            }
        }

        protected override void CopyMembers(Person from, Person to, ref CopyContext context)
        {
            to.Name = from.Name;
            to.Age = from.Age;
            to.Tags = context.Copy(from.Tags);
            to.Boss = context.Copy(from.Boss);
        }
    }

    private sealed class LineFormatter : WireFormatter<Line>
    {
        public override bool IsShared => true;

        public override void Write(ref WireWriter writer, scoped ref readonly Line? value)
        {
            if (value is null)
            {
                writer.WriteNullObjectHeader();
                return;
            }

            writer.WriteObjectHeader(3);
            writer.WriteUnmanaged(value.A, value.B);
            writer.WriteString(value.Label);
        }

        public override void Read(ref WireReader reader, scoped ref Line? value)
        {
            if (!reader.TryReadObjectHeader(out var count))
            {
                value = null;
                return;
            }

            if (count != 3)
            {
                WireSerializationException.ThrowMemberCount<Line>(3, count, in reader);
            }

            reader.ReadUnmanaged(out Point a, out Point b);
            value = new Line(a, b, reader.ReadString()!);
        }

        public override Line? Copy(Line? value, ref CopyContext context) => value;
    }

    private sealed class MixedFormatter : WireFormatter<Mixed>
    {
        public override bool IsShared => true;

        public override void Write(ref WireWriter writer, scoped ref readonly Mixed value)
        {
            writer.WriteObjectHeader(2);
            writer.WriteUnmanaged(value.A);
            writer.WriteString(value.S);
        }

        public override void Read(ref WireReader reader, scoped ref Mixed value)
        {
            if (!reader.TryReadObjectHeader(out var count) || count != 2)
            {
                WireSerializationException.ThrowMemberCount<Mixed>(2, count, in reader);
            }

            value = new Mixed { A = reader.ReadUnmanaged<int>(), S = reader.ReadString()! };
        }

        public override Mixed Copy(Mixed value, ref CopyContext context) => value;
    }

    private sealed class TolerantFormatter : WireFormatter<Tolerant>
    {
        public override void Write(ref WireWriter writer, scoped ref readonly Tolerant? value)
        {
            if (value is null)
            {
                writer.WriteNullObjectHeader();
                return;
            }

            Span<int> ends = stackalloc int[3];
            var members = writer.BeginMembers();
            members.WriteUnmanaged(value.Id);
            ends[0] = members.BytesWritten;
            members.WriteString(value.Name);
            ends[1] = members.BytesWritten;
            members.WriteUnmanaged(value.Extra);
            ends[2] = members.BytesWritten;
            writer.EndMembers(ref members, ends);
        }

        public override void Read(ref WireReader reader, scoped ref Tolerant? value)
        {
            if (!reader.TryReadObjectHeader(out var count))
            {
                value = null;
                return;
            }

            Span<int> lengths = stackalloc int[count];
            reader.ReadMemberLengths(lengths);
            value = new Tolerant();
            for (var i = 0; i < count; i++)
            {
                var start = reader.Consumed;
                if (lengths[i] == 0 || i > 2)
                {
                    reader.Skip(lengths[i]);
                    continue;
                }

                switch (i)
                {
                    case 0: value.Id = reader.ReadUnmanaged<int>(); break;
                    case 1: value.Name = reader.ReadString(); break;
                    default: value.Extra = reader.ReadUnmanaged<double>(); break;
                }

                reader.CheckMemberEnd(start, lengths[i]);
            }
        }

        public override Tolerant? Copy(Tolerant? value, ref CopyContext context) =>
            value is null ? null : new Tolerant { Id = value.Id, Name = value.Name, Extra = value.Extra };
    }

    private sealed class GappyFormatter : WireFormatter<Gappy>
    {
        public override void Write(ref WireWriter writer, scoped ref readonly Gappy? value)
        {
            if (value is null)
            {
                writer.WriteNullObjectHeader();
                return;
            }

            var members = writer.BeginMembers();
            members.WriteUnmanaged(value.A, value.D);
            writer.EndMembers(ref members, [4, 4, 4, 8]);
        }

        public override void Read(ref WireReader reader, scoped ref Gappy? value)
        {
            if (!reader.TryReadObjectHeader(out var count))
            {
                value = null;
                return;
            }

            Span<int> lengths = stackalloc int[count];
            reader.ReadMemberLengths(lengths);
            value = new Gappy();
            for (var i = 0; i < count; i++)
            {
                var start = reader.Consumed;
                if (lengths[i] == 0 || (i != 0 && i != 3))
                {
                    reader.Skip(lengths[i]);
                    continue;
                }

                var number = reader.ReadUnmanaged<int>();
                (value.A, value.D) = i == 0 ? (number, value.D) : (value.A, number);
                reader.CheckMemberEnd(start, lengths[i]);
            }
        }

        public override Gappy? Copy(Gappy? value, ref CopyContext context) => value is null ? null : new Gappy { A = value.A, D = value.D };
    }

    private sealed class NodeFormatter : WireFormatter<Node>
    {
        public override void Write(ref WireWriter writer, scoped ref readonly Node? value)
        {
            if (value is null)
            {
                writer.WriteNullObjectHeader();
                return;
            }

            if (writer.TryWriteReference(value, out var id))
            {
                return;
            }

            Span<int> ends = stackalloc int[2];
            var members = writer.BeginMembers();
            members.WriteUnmanaged(value.Id);
            ends[0] = members.BytesWritten;
            members.WriteValue(value.Next);
            ends[1] = members.BytesWritten;
            writer.EndMembers(ref members, ends, id);
        }

        public override void Read(ref WireReader reader, scoped ref Node? value)
        {
            if (!reader.TryReadObjectHeader(out var count))
            {
                value = null;
                return;
            }

            if (count == 250)
            {
                value = reader.GetReference<Node>(reader.ReadVarIntUInt32());
                return;
            }

            Span<int> lengths = stackalloc int[count];
            reader.ReadMemberLengths(lengths);
            value = new Node();
            reader.AddReference(reader.ReadVarIntUInt32(), value);
            for (var i = 0; i < count; i++)
            {
                var start = reader.Consumed;
                if (lengths[i] == 0 || i > 1)
                {
                    reader.Skip(lengths[i]);
                    continue;
                }

                if (i == 0)
                {
                    value.Id = reader.ReadUnmanaged<int>();
                }
                else
                {
                    value.Next = reader.ReadValue<Node>();
                }

                reader.CheckMemberEnd(start, lengths[i]);
            }
        }

        public override Node? Copy(Node? value, ref CopyContext context) =>
            value is null ? null : new Node { Id = value.Id, Next = context.Copy(value.Next) };
    }

    private sealed class ShapeFormatter : WireFormatter<IShape>
    {
        public override void Write(ref WireWriter writer, scoped ref readonly IShape? value)
        {
            switch (value)
            {
                case null:
                    writer.WriteNullUnionHeader();
                    break;
                case Circle circle:
                    writer.WriteUnionHeader(0);
                    writer.WriteValue(circle);
                    break;
                case Rect rect:
                    writer.WriteUnionHeader(300);
                    writer.WriteValue(rect);
                    break;
                default:
                    WireSerializationException.ThrowRuntimeType<IShape>(value);
                    break;
            }
        }

        public override void Read(ref WireReader reader, scoped ref IShape? value)
        {
            if (!reader.TryReadUnionHeader(out var tag))
            {
                value = null;
                return;
            }

            switch (tag)
            {
                case 0: value = reader.ReadValue<Circle>(); break;
                case 300: value = reader.ReadValue<Rect>(); break;
                default: WireSerializationException.ThrowUnknownTag<IShape>(tag, in reader); break;
            }
        }

        public override IShape? Copy(IShape? value, ref CopyContext context)
        {
            switch (value)
            {
                case null: return null;
                case Circle circle: return context.Copy(circle);
                case Rect rect: return context.Copy(rect);
                default: WireSerializationException.ThrowRuntimeType<IShape>(value); return null;
            }
        }
    }

    private sealed class CircleFormatter() : ObjectFormatter<Circle>(1)
    {
        protected override void WriteMembers(ref WireWriter writer, Circle value) => writer.WriteUnmanaged(value.R);

        protected override void ReadMembers(ref WireReader reader, Circle value, int count) => value.R = count > 0 ? reader.ReadUnmanaged<int>() : 0;

        protected override void CopyMembers(Circle from, Circle to, ref CopyContext context) => to.R = from.R;
    }

    private sealed class RectFormatter() : ObjectFormatter<Rect>(2)
    {
        protected override void WriteMembers(ref WireWriter writer, Rect value) => writer.WriteUnmanaged(value.W, value.H);

        protected override void ReadMembers(ref WireReader reader, Rect value, int count)
        {
            value.W = count > 0 ? reader.ReadUnmanaged<int>() : 0;
            value.H = count > 1 ? reader.ReadUnmanaged<int>() : 0;
        }

        protected override void CopyMembers(Rect from, Rect to, ref CopyContext context) => (to.W, to.H) = (from.W, from.H);
    }

    private sealed class IgnoredFormatter() : ObjectFormatter<Ignored>(2)
    {
        protected override void WriteMembers(ref WireWriter writer, Ignored value) => writer.WriteUnmanaged(value.A, value.GetC());

        protected override void ReadMembers(ref WireReader reader, Ignored value, int count)
        {
            value.A = count > 0 ? reader.ReadUnmanaged<int>() : 0;
            value.SetC(count > 1 ? reader.ReadUnmanaged<int>() : 0);
        }

        protected override void CopyMembers(Ignored from, Ignored to, ref CopyContext context)
        {
            to.A = from.A;
            to.SetC(from.GetC());
        }
    }

    private sealed class DerivedFormatter() : ObjectFormatter<Derived>(2)
    {
        protected override void WriteMembers(ref WireWriter writer, Derived value)
        {
            writer.WriteUnmanaged(value.A);
            writer.WriteString(value.B);
        }

        protected override void ReadMembers(ref WireReader reader, Derived value, int count)
        {
            value.A = count > 0 ? reader.ReadUnmanaged<int>() : 0;
            value.B = count > 1 ? reader.ReadString() : null;
        }

        protected override void CopyMembers(Derived from, Derived to, ref CopyContext context) => (to.A, to.B) = (from.A, from.B);
    }

    private sealed class BoxFormatter<T>() : ObjectFormatter<Box<T>>(1)
    {
        protected override void WriteMembers(ref WireWriter writer, Box<T> value) => writer.WriteValue(value.V);

        protected override void ReadMembers(ref WireReader reader, Box<T> value, int count) => value.V = count > 0 ? reader.ReadValue<T>() : default;

        protected override void CopyMembers(Box<T> from, Box<T> to, ref CopyContext context) => to.V = context.Copy(from.V);
    }
}
