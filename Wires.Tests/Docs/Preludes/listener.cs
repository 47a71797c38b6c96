[Wire]
public partial class Listener
{
    private int _bytes;

    public void Progress(int bytes) => _bytes += bytes;

    public int Bytes() => _bytes;
}
