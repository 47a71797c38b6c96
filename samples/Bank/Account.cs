using Wires;

namespace Bank;

/// <summary>An account. Only its own turns touch the balance, so it needs no lock.</summary>
[Wire]
public partial class Account : IAttached
{
    public const string Closed = "closed";

    private long _cents;

    public long Balance() => _cents;

    // Without [Interleave], two transfers in opposite directions would each wait for a deposit that waits for the other transfer.
    [Interleave]
    public void Deposit(long cents) => _cents += cents;

    /// <summary>False: there is not enough money here. An exception of the deposit: see below.</summary>
    public async WireTask<bool> Transfer(AccountRef to, long cents)
    {
        if (_cents < cents)
        {
            return false;
        }

        _cents -= cents;
        await Wire.Yield(); // Other wires run here, while the money is on its way.
        try
        {
            await to.Deposit(cents);
        }
        catch (WireException e) when (e.IsRefused)
        {
            // The deposit has not run and will not.
            _cents += cents;
            throw;
        }

        // Any other failure, a time-out above all, leaves open whether the deposit ran. A refund could then make money, so there is none.
        return true;
    }

    public WireTask OnAttached(AttachReason reason) => Wire.Self.Key == new WireKey(Closed)
        ? throw new InvalidOperationException("This account is closed.")
        : WireTask.CompletedTask;
}
