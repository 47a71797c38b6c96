using Wires.Infrastructure;
using Wires.Serialization;
using Wires.Serialization.Images;

#pragma warning disable WIRE1003 // the state is what is looked at

namespace Wires.Tests.Serialization.Images;

/// <summary>To an image and back.</summary>
internal static class ImageTrip
{
    public static WireType TypeOf<TRef>()
        where TRef : struct, IWireRef<TRef> => TRef.Type;

    public static GraphWire Of(GraphWire wire) => (GraphWire)Of(TypeOf<GraphWireRef>(), wire);

    public static ComparerWire Of(ComparerWire wire) => (ComparerWire)Of(TypeOf<ComparerWireRef>(), wire);

    public static object Of(WireType type, object wire, IServiceProvider? services = null, IWires? wires = null)
    {
        object copy = type.Create(services!);
        MigrationImage.ReadState(type, copy, Write(type, wire), wires);
        return copy;
    }

    public static byte[] Write(GraphWire wire) => Write(TypeOf<GraphWireRef>(), wire);

    public static byte[] Write(WireType type, object wire)
    {
        var buffer = new WireBuffer();
        MigrationImage.WriteState(type, wire, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    public static GraphWire Read(byte[] image)
    {
        var wire = new GraphWire();
        MigrationImage.ReadState(TypeOf<GraphWireRef>(), wire, image, wires: null);
        return wire;
    }
}
