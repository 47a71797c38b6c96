using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace Wires.Cluster.Redis;

/// <summary>The cluster's memory in Redis 6, 7 or Valkey. One script for each step, so that each step is atomic.</summary>
/// <remarks>
/// <para>
/// The keys share a hash tag, so that a Redis Cluster keeps them together: <c>wires:{name}:state</c> (generation, foundedAt, number, view, secret, restoring),
/// <c>wires:{name}:leases</c> (incarnation to counter), <c>wires:{name}:seen</c> (incarnation to the view seen). Channel: <c>wires:{name}:view</c>.
/// </para>
/// <para>
/// Every script that answers with a state asks the very server that runs it for its <c>run_id</c>: no answer of a new server can pass for one of the old.
/// Lua's numbers lose 64-bit integers, so numbers stay decimal texts there, and only <c>HINCRBY</c> counts.
/// </para>
/// </remarks>
internal sealed partial class RedisCoordinator : ICoordinator
{
    private const string Functions = """
        local function less(a, b)
            return #a < #b or (#a == #b and a < b)
        end
        local function server()
            return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or ''
        end
        local function tell()
            redis.pcall('PUBLISH', ARGV[1], '')
        end

        """;

    private readonly RedisConnection _connection;
    private readonly RedisKey[] _keys;
    private readonly string _channel;
    private volatile string? _readFrom;

    public RedisCoordinator(RedisCoordinatorOptions options)
    {
        RedisCoordinatorOptions.Validate(options);
        string prefix = $"wires:{{{options.ClusterName}}}:";
        _keys = [prefix + "state", prefix + "leases", prefix + "seen"];
        _channel = prefix + "view";
        _connection = new RedisConnection(options, _channel);
        _connection.Told += () => ViewChanged?.Invoke();
    }

    /// <inheritdoc/>
    public event Action? ViewChanged;

    /// <inheritdoc/>
    public IPAddress? LocalAddress => _connection.LocalAddress;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(Guid id) => id.ToString("N");

    // Later clients say that any result may be null; what the scripts return is not.
    private static string Text(RedisResult result) => ((string?)result)!;

    private static RedisResult[] Items(RedisResult result) => ((RedisResult[]?)result)!;

    private static long Number(RedisResult result) => long.Parse(Text(result), CultureInfo.InvariantCulture);

    private static Generation? ReadGeneration(RedisResult id, RedisResult foundedAt) =>
        Guid.TryParseExact(Text(id), "N", out Guid generation) ? new Generation(generation, Number(foundedAt)) : null;

    private Task<RedisResult> Evaluate(string script, CancellationToken cancellation, params ReadOnlySpan<RedisValue> arguments) =>
        _connection.EvaluateAsync(script, _keys, [_channel, .. arguments], cancellation);
}
