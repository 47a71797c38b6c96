using StackExchange.Redis;

namespace Wires.Cluster.Redis;

/// <content>Leases, and what puts them back.</content>
internal sealed partial class RedisCoordinator
{
    // Outcomes and results are the numbers of RenewOutcome and RestoreResult.
    private const string RenewScript = Functions + """
        local state = redis.call('HMGET', KEYS[1], 'generation', 'foundedAt', 'number', 'restoring')
        local outcome = 0
        if not state[1] then
            outcome = 2
        elseif state[1] ~= ARGV[2] then
            outcome = 3
        elseif redis.call('HEXISTS', KEYS[2], ARGV[3]) == 0 then
            outcome = 1
        else
            redis.call('HINCRBY', KEYS[2], ARGV[3], 1)
            if less(redis.call('HGET', KEYS[3], ARGV[3]) or '0', ARGV[4]) then
                redis.call('HSET', KEYS[3], ARGV[3], ARGV[4])
            end
        end
        return { outcome, state[3] or '0', state[1] or '', state[2] or '0', server(), state[4] and 1 or 0 }
        """;

    private const string RestoreScript = Functions + """
        local stored = redis.call('HMGET', KEYS[1], 'generation', 'foundedAt', 'number', 'restoring')
        if stored[1] and stored[1] ~= ARGV[2] then
            if less(stored[2], ARGV[3]) or (stored[2] == ARGV[3] and stored[1] < ARGV[2]) then
                return 3
            end
        elseif stored[1] and less(ARGV[4], stored[3]) then
            return 2
        elseif stored[1] and stored[3] == ARGV[4] then
            if redis.call('HEXISTS', KEYS[2], ARGV[7]) == 1 then
                return 1
            end
            if not stored[4] then
                return 4
            end
            redis.call('HSET', KEYS[2], ARGV[7], 1)
            redis.call('HSET', KEYS[3], ARGV[7], ARGV[4])
            return 1
        end
        redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
        redis.call('HSET', KEYS[1], 'generation', ARGV[2], 'foundedAt', ARGV[3], 'number', ARGV[4], 'view', ARGV[5], 'secret', ARGV[6], 'restoring', 1)
        redis.call('HSET', KEYS[2], ARGV[7], 1)
        redis.call('HSET', KEYS[3], ARGV[7], ARGV[4])
        tell()
        return 0
        """;

    private const string ClearRestoringScript = """
        if redis.call('HGET', KEYS[1], 'generation') == ARGV[2] then
            redis.call('HDEL', KEYS[1], 'restoring')
        end
        return 0
        """;

    /// <inheritdoc/>
    public async Task<RenewResult> RenewAsync(Guid generation, long incarnation, long seenView, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seenView);
        RedisResult[] answer = Items(
            await Evaluate(RenewScript, cancellation, Text(generation), Text(incarnation), Text(seenView)).ConfigureAwait(false));
        return new RenewResult(
            (RenewOutcome)(int)answer[0], Number(answer[1]), ReadGeneration(answer[2], answer[3]), Text(answer[4]), (long)answer[5] == 1);
    }

    /// <inheritdoc/>
    public async Task<RestoreResult> TryRestoreAsync(
        Generation generation, long viewNumber, ReadOnlyMemory<byte> view, byte[] secret, long incarnation, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(viewNumber);
        ArgumentOutOfRangeException.ThrowIfNegative(generation.FoundedAt, nameof(generation));
        RedisResult answer = await Evaluate(
            RestoreScript,
            cancellation,
            Text(generation.Id),
            Text(generation.FoundedAt),
            Text(viewNumber),
            view.ToArray(),
            secret,
            Text(incarnation)).ConfigureAwait(false);
        return (RestoreResult)(int)answer;
    }

    /// <inheritdoc/>
    public Task ClearRestoringAsync(Guid generation, CancellationToken cancellation) => Evaluate(ClearRestoringScript, cancellation, Text(generation));
}
