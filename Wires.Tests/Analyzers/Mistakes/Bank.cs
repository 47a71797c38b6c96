namespace Mistakes;

// Every class here is wrong in ways that a fix can put right. What it computes must be the same before and after.
[Wire]
public class Account
{
    private static int s_transfers;
    private readonly object _gate = new();
    private readonly HttpClient _http = new();
    private decimal _balance;
    public int Version { get; private set; }

    public void Put(decimal amount)
    {
        lock (_gate)
        {
            _balance += amount;
            Version++;
        }
    }

    public decimal Balance() => _balance;

    public async Task<bool> Transfer(AccountRef to, decimal amount)
    {
        if (_balance < amount) return false;
        _balance -= amount;
        s_transfers++;
        await Task.Delay(1).ConfigureAwait(false);
        to.Put(amount);
        return true;
    }

    public async Task Wait()
    {
        Thread.Sleep(1);
        await Task.Yield();
    }

    public int Transfers() => s_transfers + (_http.DefaultRequestHeaders.Any() ? 1 : 0);
}

[Wire]
public class Teller
{
    private int _served;

    public async Task<int> Serve(Account account, int customers)
    {
        while (true)
        {
            _served++;
            if (_served >= customers) break;
        }

        await account.Put(1);
        return _served;
    }

    private async void Forget() => await Task.Yield();

    public void Close() => Forget();
}
