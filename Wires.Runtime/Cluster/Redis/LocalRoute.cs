using System.Net;
using System.Net.Sockets;

namespace Wires.Cluster.Redis;

/// <summary>Which address of this machine packets to another leave by; on the machine itself, loopback.</summary>
internal static class LocalRoute
{
    /// <summary>The way to the first endpoint that there is one to; null if there is none.</summary>
    public static async Task<IPAddress?> FindAsync(IEnumerable<EndPoint> endPoints, CancellationToken cancellation)
    {
        foreach (EndPoint endPoint in endPoints)
        {
            try
            {
                switch (endPoint)
                {
                    case IPEndPoint address:
                        return Find(address);
                    case DnsEndPoint name:
                        IPAddress[] addresses = await Dns.GetHostAddressesAsync(name.Host, cancellation).ConfigureAwait(false);
                        return Find(new IPEndPoint(addresses[0], name.Port));
                }
            }
            catch (SocketException)
            {
                // No such name, or no way there: the next may do.
            }
        }

        return null;
    }

    // Connecting a datagram socket sends nothing: it asks the machine which way it would.
    private static IPAddress Find(IPEndPoint address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(address);
        IPAddress local = ((IPEndPoint)socket.LocalEndPoint!).Address;
        return local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local;
    }
}
