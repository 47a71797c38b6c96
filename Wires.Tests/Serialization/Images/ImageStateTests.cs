using Wires.Infrastructure;
using Wires.Serialization;
using Wires.Tests.Runtime;
using Xunit;

namespace Wires.Tests.Serialization.Images;

/// <summary>The wires of all other tests can move.</summary>
public sealed class ImageStateTests
{
    [Fact]
    public async Task TheStateOfEveryWireHereComesBackFromItsImage()
    {
        await using TestNode node = TestNode.Create();
        var moved = 0;
        foreach (WireType type in WireRegistry.Names.Select(WireRegistry.GetType).Where(static t => t.WireClass.Assembly == typeof(ImageStateTests).Assembly))
        {
            object wire;
            try
            {
                wire = type.Create(node.Services);
            }
            catch (InvalidOperationException)
            {
                continue; // it asks for a service that only its own test gives it
            }

            byte[] image;
            try
            {
                image = ImageTrip.Write(type, wire);
            }
            catch (WireSerializationException e) when (e.Message.StartsWith($"The state of '{type.WireClass.FullName}' cannot travel", StringComparison.Ordinal))
            {
                continue; // it is there to be refused
            }

            object copy = ImageTrip.Of(type, wire, node.Services, node.Wires);
            Assert.Equal(Convert.ToHexString(image), Convert.ToHexString(ImageTrip.Write(type, copy)));
            moved++;
        }

        Assert.True(moved > 50, $"only {moved} wires were moved");
    }
}
