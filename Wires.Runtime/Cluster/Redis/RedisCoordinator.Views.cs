using StackExchange.Redis;

namespace Wires.Cluster.Redis;

/// <content>Views and generations.</content>
internal sealed partial class RedisCoordinator
{
    private const string ReadScript = Functions + """
        local state = redis.call('HMGET', KEYS[1], 'generation', 'foundedAt', 'number', 'view', 'secret', 'restoring')
        return {
            state[1] or '', state[2] or '0', state[3] or '0', state[4], state[5], state[6] and 1 or 0,
            redis.call('HGETALL', KEYS[2]), redis.call('HGETALL', KEYS[3]), server()
        }
        """;

    private const string FoundScript = Functions + """
        if redis.call('HEXISTS', KEYS[1], 'generation') == 1 then
            return 0
        end
        local foundedAt = ARGV[3]
        if foundedAt == '0' then
            local time = redis.call('TIME')
            foundedAt = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
        end
        redis.call('DEL', KEYS[2], KEYS[3])
        redis.call('HDEL', KEYS[1], 'restoring')
        redis.call('HSET', KEYS[1], 'generation', ARGV[2], 'foundedAt', foundedAt, 'number', ARGV[4], 'view', ARGV[5])
        redis.call('HSETNX', KEYS[1], 'secret', ARGV[6])
        redis.call('HSET', KEYS[2], ARGV[7], 1)
        redis.call('HSET', KEYS[3], ARGV[7], ARGV[8])
        tell()
        return 1
        """;

    // After the seven fixed arguments come three lists, each led by its length: unchanged (incarnation, counter), removed (incarnation), added (incarnation, view seen).
    private const string ChangeScript = Functions + """
        local stored = redis.call('HMGET', KEYS[1], 'generation', 'number')
        if stored[1] ~= ARGV[2] or stored[2] ~= ARGV[3] or (ARGV[7] ~= '' and ARGV[7] ~= server()) then
            return 0
        end
        local at = 8
        local function list(width)
            local items = {}
            for i = 1, tonumber(ARGV[at]) do
                items[i] = { ARGV[at + 1], ARGV[at + 2] }
                at = at + width
            end
            at = at + 1
            return items
        end
        local unchanged, removed, added = list(2), list(1), list(2)
        local may = redis.call('HEXISTS', KEYS[2], ARGV[6]) == 1
        for _, grant in ipairs(added) do
            may = may or grant[1] == ARGV[6]
        end
        for _, lease in ipairs(unchanged) do
            may = may and redis.call('HGET', KEYS[2], lease[1]) == lease[2]
        end
        if not may then
            return 0
        end
        redis.call('HSET', KEYS[1], 'number', ARGV[4], 'view', ARGV[5])
        for _, lease in ipairs(removed) do
            redis.call('HDEL', KEYS[2], lease[1])
            redis.call('HDEL', KEYS[3], lease[1])
        end
        for _, grant in ipairs(added) do
            redis.call('HSETNX', KEYS[2], grant[1], 1)
            redis.call('HSETNX', KEYS[3], grant[1], grant[2])
        end
        tell()
        return 1
        """;

    /// <inheritdoc/>
    public async Task<CoordinatorState> ReadAsync(CancellationToken cancellation)
    {
        RedisResult[] answer = Items(await Evaluate(ReadScript, cancellation).ConfigureAwait(false));
        RedisResult[] leases = Items(answer[6]);
        Dictionary<string, long> seen = ReadSeen(Items(answer[7]));
        var states = new LeaseState[leases.Length / 2];
        for (int i = 0; i < states.Length; i++)
        {
            states[i] = new LeaseState(Number(leases[2 * i]), Number(leases[(2 * i) + 1]), seen.GetValueOrDefault(Text(leases[2 * i])));
        }

        string server = Text(answer[8]);
        _readFrom = server;
        return new CoordinatorState(
            ReadGeneration(answer[0], answer[1]), Number(answer[2]), (byte[]?)answer[3], (byte[]?)answer[4], states, (long)answer[5] == 1, server);
    }

    /// <inheritdoc/>
    public async Task<bool> TryFoundAsync(
        Generation generation, long viewNumber, ReadOnlyMemory<byte> view, byte[] secret, LeaseGrant me, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(viewNumber);
        ArgumentOutOfRangeException.ThrowIfNegative(generation.FoundedAt, nameof(generation));
        ArgumentOutOfRangeException.ThrowIfNegative(me.SeenView, nameof(me));
        RedisResult answer = await Evaluate(
            FoundScript,
            cancellation,
            Text(generation.Id),
            Text(generation.FoundedAt),
            Text(viewNumber),
            view.ToArray(),
            secret,
            Text(me.Incarnation),
            Text(me.SeenView)).ConfigureAwait(false);
        return (long)answer == 1;
    }

    /// <inheritdoc/>
    public async Task<bool> TryChangeViewAsync(ViewChange change, CancellationToken cancellation)
    {
        ViewChange.Validate(change);
        List<RedisValue> arguments =
        [
            Text(change.Generation),
            Text(change.ExpectedNumber),
            Text(change.NewNumber),
            change.View.ToArray(),
            Text(change.Proposer),
            _readFrom ?? "",
            change.UnchangedLeases.Count,
        ];
        foreach (LeaseState lease in change.UnchangedLeases)
        {
            arguments.Add(Text(lease.Incarnation));
            arguments.Add(Text(lease.Counter));
        }

        arguments.Add(change.Removed.Count);
        arguments.AddRange(change.Removed.Select(removed => (RedisValue)Text(removed)));
        arguments.Add(change.Added.Count);
        foreach (LeaseGrant grant in change.Added)
        {
            arguments.Add(Text(grant.Incarnation));
            arguments.Add(Text(grant.SeenView));
        }

        return (long)await Evaluate(ChangeScript, cancellation, [.. arguments]).ConfigureAwait(false) == 1;
    }

    private static Dictionary<string, long> ReadSeen(RedisResult[] pairs)
    {
        var seen = new Dictionary<string, long>(pairs.Length / 2, StringComparer.Ordinal);
        for (int i = 0; i < pairs.Length; i += 2)
        {
            seen[Text(pairs[i])] = Number(pairs[i + 1]);
        }

        return seen;
    }
}
