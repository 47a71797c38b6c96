using System.Net.Sockets;

namespace Wires.Transport;

/// <summary>The incoming connections that are not proven yet, oldest first.</summary>
internal sealed class PendingHandshakes(int most)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Socket> _sockets = [];
    private bool _isClosed;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _sockets.Count;
            }
        }
    }

    /// <summary>Takes one in, or null when all is closed. Where there is no room for both, the oldest is dropped: in a flood it is not the honest ones that are old.</summary>
    public LinkedListNode<Socket>? Add(Socket socket, out Socket? dropped)
    {
        dropped = null;
        lock (_lock)
        {
            if (_isClosed)
            {
                return null;
            }

            if (_sockets.Count >= most)
            {
                dropped = _sockets.First!.Value;
                _sockets.RemoveFirst();
            }

            return _sockets.AddLast(socket);
        }
    }

    public void Remove(LinkedListNode<Socket> entry)
    {
        lock (_lock)
        {
            if (entry.List is not null)
            {
                _sockets.Remove(entry);
            }
        }
    }

    /// <summary>Ends all, and takes no more.</summary>
    public void Close()
    {
        Socket[] all;
        lock (_lock)
        {
            _isClosed = true;
            all = [.. _sockets];
            _sockets.Clear();
        }

        foreach (Socket socket in all)
        {
            socket.Dispose();
        }
    }
}
