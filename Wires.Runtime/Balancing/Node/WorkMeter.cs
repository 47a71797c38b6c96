using System.Diagnostics;
using Wires.Infrastructure;

namespace Wires.Balancing;

/// <summary>Measures what the wires of a node do, and whom they talk to, from a sample of their turns. By any thread.</summary>
/// <param name="self">The node's incarnation.</param>
/// <param name="clock">The balancer's clock.</param>
internal sealed class WorkMeter(long self, Func<TimeSpan> clock)
{
    /// <summary>Wires that are told apart; what others do counts as the node's.</summary>
    public const int MostAccounts = 32 * 1024;

    /// <summary>A longer turn has its wire measured exactly; as one of a sample it would stand for 128 of its kind.</summary>
    private static readonly long s_longTurn = Stopwatch.Frequency * 20 / 1_000_000;

    private readonly Lock _lock = new();
    private readonly List<WorkAccount> _accounts = [];
    private long _others;

    /// <summary>A timed turn on its caller's stack.</summary>
    public void Inlined(Activation wire, Activation? outer, long ticks)
    {
        bool isLong = ticks > s_longTurn;
        long stands = isLong ? 1 : MethodProfile.SampleEvery;
        Add(wire, ticks * stands, stands);
        if (outer is not null && AccountOf(outer) is { } caller)
        {
            // Its own turn is on the clock as well.
            caller.Add(-ticks * stands, 0);
            Met(caller, wire);
        }
    }

    /// <summary>A timed turn of a message from the mailbox.</summary>
    public void Queued(Activation wire, long ticks)
    {
        WorkAccount? account = AccountOf(wire);
        if (account is { IsInSlice: true })
        {
            return;
        }

        bool isLong = ticks > s_longTurn;
        long stands = isLong ? 1 : MethodProfile.SampleEvery;
        Add(account, ticks * stands, stands);
        if (isLong && account is not null)
        {
            account.IsExact = true;
        }
    }

    /// <summary>A tick of the clock has found the wire running: so it has long turns, or runs often.</summary>
    public void Caught(Activation wire)
    {
        if (AccountOf(wire) is { IsExact: false } account)
        {
            account.Try();
        }
    }

    /// <summary>A turn that goes on: so much of it since the last look.</summary>
    public void StillRuns(Activation wire, long ticks) => AccountOf(wire)?.Charge(ticks);

    /// <summary>A picked message that a wire is about to run.</summary>
    public void Met(Activation wire, WireMessage message)
    {
        if (message is WireCall { Caller: { } caller } and not Ask { IsAnswer: true } && AccountOf(caller) is { } account)
        {
            Met(account, wire);
        }
    }

    /// <summary>A picked call of a wire on another node. That node is told with the next round.</summary>
    public void MetElsewhere(Activation caller, WireHandle target, long node)
    {
        if (node != 0)
        {
            AccountOf(caller)?.Meet(WireFingerprint.Of(target.Id), node);
        }
    }

    /// <summary>The account of a wire, made where there is none; null where there are too many.</summary>
    public WorkAccount? AccountOf(Activation wire)
    {
        if (wire.AsideOrNull?.Account is { } known)
        {
            return known;
        }

        lock (_lock)
        {
            if (_accounts.Count >= MostAccounts || wire.Aside.Account is not null)
            {
                return wire.Aside.Account;
            }

            var account = new WorkAccount(wire, clock());
            wire.Aside.Account = account;
            _accounts.Add(account);
            return account;
        }
    }

    /// <summary>All accounts.</summary>
    public WorkAccount[] Snapshot()
    {
        lock (_lock)
        {
            return [.. _accounts];
        }
    }

    /// <summary>Ends accounts that nothing has come in for.</summary>
    public void Drop(HashSet<WorkAccount> accounts)
    {
        lock (_lock)
        {
            _accounts.RemoveAll(accounts.Contains);
        }

        foreach (WorkAccount account in accounts)
        {
            account.Wire.Aside.Account = null;
        }
    }

    /// <summary>Takes the work out of wires without an account.</summary>
    public long TakeOthers() => Interlocked.Exchange(ref _others, 0);

    private void Met(WorkAccount caller, Activation target)
    {
        caller.Meet(WireFingerprint.Of(target.Id), self);
        AccountOf(target)?.Meet(caller.Busy.Fingerprint, self);
    }

    private void Add(Activation wire, long ticks, long turns) => Add(AccountOf(wire), ticks, turns);

    private void Add(WorkAccount? account, long ticks, long turns)
    {
        if (account is null)
        {
            Interlocked.Add(ref _others, ticks);
        }
        else
        {
            account.Add(ticks, turns);
        }
    }
}
