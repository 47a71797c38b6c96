[Wire]
public partial class Account
{
    private decimal _balance;

    public decimal Balance() => _balance;

    [Interleave]
    public void Deposit(decimal amount) => _balance += amount;

    [OneWay]
    public void Note(string text) => Console.WriteLine(text);

    public async IAsyncEnumerable<decimal> Statement(int year)
    {
        await Wire.Yield();
        yield return year + _balance;
    }
}
