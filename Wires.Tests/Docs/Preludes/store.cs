[Wire]
public partial class Store
{
    private byte[] _data = [];

    public void Put([Move] byte[] data) => _data = data;

    public int Length() => _data.Length;
}
