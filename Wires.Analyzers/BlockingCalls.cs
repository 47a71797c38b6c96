using Microsoft.CodeAnalysis;

namespace Wires.Analyzers;

/// <summary>The table of calls that hold their thread, each with its awaitable twin. Lines of an additional file named <c>Wires.BlockingCalls.txt</c> extend it.</summary>
/// <remarks>A line is <c>Namespace.Type.Method</c>, or <c>Namespace.Type.Method -> TwinMethod</c>; derived types are included.</remarks>
internal sealed class BlockingCalls
{
    public const string FileName = "Wires.BlockingCalls.txt";

    /// <summary>Twins that are more than another name; the fix knows how to write them.</summary>
    public const string AwaitReceiver = "await";
    public const string Delay = "Wire.Delay";
    public const string WhenAll = "Task.WhenAll";

    private static readonly (string Type, string Methods, string? Twin)[] BuiltIn =
    [
        ("System.Threading.Thread", "Sleep", Delay),
        ("System.Threading.Thread", "Join", null),
        ("System.Threading.Tasks.Task", "Wait", AwaitReceiver),
        ("System.Threading.Tasks.Task", "WaitAll", WhenAll),
        ("System.Threading.Tasks.Task", "WaitAny", null),
        ("System.Threading.WaitHandle", "WaitOne WaitAll WaitAny SignalAndWait", null),
        ("System.Threading.SemaphoreSlim", "Wait", "WaitAsync"),
        ("System.Threading.ManualResetEventSlim", "Wait", null),
        ("System.Threading.CountdownEvent", "Wait", null),
        ("System.Threading.Barrier", "SignalAndWait", null),
        ("System.Threading.Monitor", "Wait", null),
        ("System.Threading.SpinWait", "SpinUntil", null),
        ("System.Collections.Concurrent.BlockingCollection`1", "Take", null),
        ("System.Console", "ReadLine Read ReadKey", null),
        ("System.Diagnostics.Process", "WaitForExit", "WaitForExitAsync"),
        ("System.IO.File", "ReadAllText", "ReadAllTextAsync"),
        ("System.IO.File", "ReadAllLines", "ReadAllLinesAsync"),
        ("System.IO.File", "ReadAllBytes", "ReadAllBytesAsync"),
        ("System.IO.File", "WriteAllText", "WriteAllTextAsync"),
        ("System.IO.File", "WriteAllLines", "WriteAllLinesAsync"),
        ("System.IO.File", "WriteAllBytes", "WriteAllBytesAsync"),
        ("System.IO.File", "AppendAllText", "AppendAllTextAsync"),
        ("System.IO.File", "AppendAllLines", "AppendAllLinesAsync"),
        ("System.IO.FileStream", "Read", "ReadAsync"),
        ("System.IO.FileStream", "Write", "WriteAsync"),
        ("System.IO.FileStream", "Flush", "FlushAsync"),
        ("System.Net.Sockets.NetworkStream", "Read", "ReadAsync"),
        ("System.Net.Sockets.NetworkStream", "Write", "WriteAsync"),
        ("System.Net.Sockets.Socket", "Send", "SendAsync"),
        ("System.Net.Sockets.Socket", "Receive", "ReceiveAsync"),
        ("System.Net.Sockets.Socket", "Connect", "ConnectAsync"),
        ("System.Net.Sockets.Socket", "Accept", "AcceptAsync"),
        ("System.Net.Sockets.TcpClient", "Connect", "ConnectAsync"),
        ("System.Net.Sockets.TcpListener", "AcceptTcpClient", "AcceptTcpClientAsync"),
        ("System.Net.Sockets.TcpListener", "AcceptSocket", "AcceptSocketAsync"),
        ("System.Net.Sockets.UdpClient", "Receive", null),
        ("System.Net.Dns", "GetHostEntry", "GetHostEntryAsync"),
        ("System.Net.Dns", "GetHostAddresses", "GetHostAddressesAsync"),
        ("System.Net.Http.HttpMessageInvoker", "Send", "SendAsync"),
        ("System.Net.WebRequest", "GetResponse", "GetResponseAsync"),
        ("System.Net.WebClient", "DownloadString", "DownloadStringTaskAsync"),
        ("System.Net.WebClient", "DownloadData", "DownloadDataTaskAsync"),
        ("System.Data.Common.DbConnection", "Open", "OpenAsync"),
        ("System.Data.Common.DbCommand", "ExecuteNonQuery", "ExecuteNonQueryAsync"),
        ("System.Data.Common.DbCommand", "ExecuteScalar", "ExecuteScalarAsync"),
        ("System.Data.Common.DbCommand", "ExecuteReader", "ExecuteReaderAsync"),
        ("System.Data.Common.DbTransaction", "Commit", "CommitAsync"),
        ("Microsoft.EntityFrameworkCore.DbContext", "SaveChanges", "SaveChangesAsync"),
    ];

    private readonly Dictionary<(string Type, string Method), string?> _table = [];

    public BlockingCalls(IEnumerable<string> lines)
    {
        foreach ((string type, string methods, string? twin) in BuiltIn)
        {
            foreach (string method in methods.Split(' '))
            {
                _table[(type, method)] = twin;
            }
        }

        foreach (string line in lines)
        {
            string text = line.Split('#')[0].Trim();
            int arrow = text.IndexOf("->", StringComparison.Ordinal);
            string name = (arrow < 0 ? text : text.Substring(0, arrow)).Trim();
            int dot = name.LastIndexOf('.');
            if (dot > 0)
            {
                _table[(name.Substring(0, dot), name.Substring(dot + 1))] = arrow < 0 ? null : text.Substring(arrow + 2).Trim();
            }
        }
    }

    /// <summary>Whether a method holds its thread; its twin may still be unknown.</summary>
    public bool Blocks(IMethodSymbol method, out string? twin)
    {
        twin = null;
        for (INamedTypeSymbol? level = method.ContainingType; level is not null; level = level.BaseType)
        {
            if (_table.TryGetValue((TravelTable.MetadataName(level.OriginalDefinition), method.Name), out twin))
            {
                return true;
            }
        }

        return false;
    }
}
