[Wire]
public partial class Report(TimeProvider clock)
{
    private int _pages;

    public DateTimeOffset Now() => clock.GetUtcNow();

    public int Pages() => _pages;

    // snippet
}
