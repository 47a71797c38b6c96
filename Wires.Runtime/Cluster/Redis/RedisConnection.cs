using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Wires.Cluster.Redis;

/// <summary>The one connection of a coordinator: made by the first call, never waited for longer than the time-out, healed by the client.</summary>
/// <remarks>Uses only what the client has alike in versions 1.2.6, 2.13 and 3.4; a test holds that.</remarks>
internal sealed class RedisConnection : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly RedisCoordinatorOptions _settings;
    private readonly ConfigurationOptions _options;
    private readonly RedisChannel _channel;
    private readonly string _where;
    private readonly CancellationTokenSource _disposal = new();
    private Task<ConnectionMultiplexer>? _connecting;
    private long _lastAnswer = Stopwatch.GetTimestamp();
    private volatile IPAddress? _localAddress;

    public RedisConnection(RedisCoordinatorOptions settings, string channel)
    {
        _settings = settings;
        _options = ConfigurationOptions.Parse(settings.ConnectionString);
        _where = string.Join(", ", _options.EndPoints.Select(Describe));

        // A server that is away now may come; until then calls fail, each with its own reason.
        _options.AbortOnConnectFail = false;

        // Scripts publish, and they know no prefix.
        _options.ChannelPrefix = default;
        _channel = new RedisChannel(channel, RedisChannel.PatternMode.Literal);

        // The client's default of a minute would be how long a connection to a machine that has vanished goes unnoticed.
        if (!settings.ConnectionString.Contains("keepAlive", StringComparison.OrdinalIgnoreCase))
        {
            _options.KeepAlive = Math.Max(1, (int)settings.Timeout.TotalSeconds);
        }
    }

    /// <summary>Raised for each message on the channel, and when messages may have been missed.</summary>
    public event Action? Told;

    /// <summary>The address that packets to Redis leave by; null before the first answer.</summary>
    public IPAddress? LocalAddress => _localAddress;

    /// <summary>Runs a script on the server that takes writes.</summary>
    public async Task<RedisResult> EvaluateAsync(string script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposal.IsCancellationRequested, this);
        cancellation.ThrowIfCancellationRequested();
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _disposal.Token);
        time.CancelAfter(_settings.Timeout);
        RedisResult result;
        try
        {
            ConnectionMultiplexer connection = await Connect().WaitAsync(time.Token).ConfigureAwait(false);
            result = await EvaluateAsync(connection.GetDatabase(), script, keys, arguments, time.Token).ConfigureAwait(false);
            Volatile.Write(ref _lastAnswer, Stopwatch.GetTimestamp());
        }
        catch (Exception e) when (e is not ObjectDisposedException && IsFailure(e))
        {
            cancellation.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(_disposal.IsCancellationRequested, this);
            throw Unavailable(e);
        }

        // The client completes answers one after another on a thread of its own: whoever goes on from here must not hold it up.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return result;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task<ConnectionMultiplexer>? connecting;
        lock (_lock)
        {
            if (_disposal.IsCancellationRequested)
            {
                return;
            }

            _disposal.Cancel();
            connecting = _connecting;
        }

        // A client that is still connecting is closed once it has done so; nobody waits for that.
        Task closing = connecting?.ContinueWith(Close, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default) ?? Task.CompletedTask;
        await Task.WhenAny(closing, Task.Delay(_settings.Timeout, TimeProvider.System, CancellationToken.None)).ConfigureAwait(false);
    }

    // The client loads a script where it believes that the server does not know it, and sends its hash elsewhere. It learns that it was wrong from the failure, which it hands on.
    private static async Task<RedisResult> EvaluateAsync(IDatabase database, string script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellation)
    {
        try
        {
            return await database.ScriptEvaluateAsync(script, keys, arguments, CommandFlags.DemandMaster).WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (RedisServerException e) when (e.Message.Contains("NOSCRIPT", StringComparison.Ordinal))
        {
            return await database.ScriptEvaluateAsync(script, keys, arguments, CommandFlags.DemandMaster).WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    // What a Redis that is away, full, loading, read-only or locked makes the client throw. A cancellation is its own time-out here, ours, or the caller's, who is asked first.
    private static bool IsFailure(Exception e) =>
        e is RedisConnectionException or RedisServerException or RedisCommandException or TimeoutException or OperationCanceledException or SocketException or IOException;

    private static void Close(Task<ConnectionMultiplexer> connecting)
    {
        if (connecting.IsCompletedSuccessfully)
        {
            // Waiting for answers that will not come is what a plain Dispose does.
            connecting.Result.Close(allowCommandsToComplete: false);
            connecting.Result.Dispose();
        }
    }

    private static string Describe(EndPoint endPoint) => endPoint is DnsEndPoint name ? string.Create(CultureInfo.InvariantCulture, $"{name.Host}:{name.Port}") : endPoint.ToString()!;

    private Task<ConnectionMultiplexer> Connect()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposal.IsCancellationRequested, this);

            // The client comes back by itself once it is there; only making it may fail for good.
            if (_connecting is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _connecting = Task.Run(ConnectAsync);
            }

            return _connecting;
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(_options, null).ConfigureAwait(false);
        connection.ConnectionRestored += (_, _) =>
        {
            _ = FindLocalAddressAsync();
            Told?.Invoke();
        };
        await FindLocalAddressAsync().ConfigureAwait(false);
        try
        {
            await connection.GetSubscriber().SubscribeAsync(_channel, (_, _) => Told?.Invoke(), CommandFlags.None).WaitAsync(_settings.Timeout).ConfigureAwait(false);
        }
        catch (Exception e) when (IsFailure(e))
        {
            // The client has taken note, and subscribes when it is connected. If the server forbids it, renewals still tell of new views.
        }

        return connection;
    }

    private async Task FindLocalAddressAsync()
    {
        using var time = new CancellationTokenSource(_settings.Timeout);
        try
        {
            _localAddress ??= await LocalRoute.FindAsync(_options.EndPoints, time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Names are not being resolved: asked again when the connection is back.
        }
    }

    private CoordinatorUnavailableException Unavailable(Exception reason)
    {
        double silence = Stopwatch.GetElapsedTime(Volatile.Read(ref _lastAnswer)).TotalSeconds;
        string what = reason switch
        {
            RedisServerException => $"refuses: {reason.Message}",
            OperationCanceledException or TimeoutException => string.Create(CultureInfo.InvariantCulture, $"has not answered within {_settings.Timeout.TotalSeconds:0.###} s"),
            _ => "cannot be reached",
        };
        return new CoordinatorUnavailableException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The coordinator of cluster '{_settings.ClusterName}', Redis at {_where}, {what}; it has been silent for {silence:0.0} s. Is Redis running there? Set its address with UseRedis(\"host:port\")."),
            reason);
    }
}
