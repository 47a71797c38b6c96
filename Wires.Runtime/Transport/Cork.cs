namespace Wires.Transport;

/// <summary>A thread's promise to send what it queues at a connection together, at the end of what it does now. Whoever gives it must not wait for anything meanwhile, or see to it that others flush.</summary>
internal static class Cork
{
    [ThreadStatic]
    private static Connection? t_connection;

    /// <summary>Whether this thread has promised it.</summary>
    public static bool IsIn(Connection connection) => ReferenceEquals(t_connection, connection);

    /// <summary>Gives the promise.</summary>
    public static void Begin(Connection connection) => t_connection = connection;

    /// <summary>Keeps it: on the same thread, which is hot, and all that gathers has gathered.</summary>
    public static void End(Connection connection)
    {
        t_connection = null;
        connection.FlushCorked();
    }
}
