public static class Caller
{
    public static async Task Run(IWires wires, CancellationToken cancellation)
    {
        // snippet
        await Task.Delay(0, cancellation);
    }
}

[Wire]
public partial class Account
{
    private decimal _balance;

    public decimal Balance() => _balance;

    public void Deposit(decimal amount) => _balance += amount;

    public async IAsyncEnumerable<decimal> Statement(int year)
    {
        await Wire.Yield();
        yield return year + _balance;
    }
}
