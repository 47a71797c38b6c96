namespace Wires.Tests.Serialization;

/// <summary>Names the types of the vectors, so that the generator makes their formatters.</summary>
[Wire]
internal sealed partial class VectorWire
{
    private int _calls;

    public int Send(Padded padded, Person?[] people, Point point, Line line, Mixed mixed, Mixed? maybe, DayOfWeek day) => _calls++;

    public int SendMore(Tolerant tolerant, Gappy gappy, Node node, IShape shape, Ignored ignored, Derived derived, Box<string> box) => _calls++;
}
