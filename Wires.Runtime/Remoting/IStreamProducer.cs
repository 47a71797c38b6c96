namespace Wires.Remoting;

/// <summary>The producer's end of a stream whose consumer is on another node.</summary>
internal interface IStreamProducer
{
    /// <summary>The stream was opened from elsewhere.</summary>
    void Originates(int credit);

    /// <summary>Lets the producer run further ahead.</summary>
    void Grant(int credit);

    /// <summary>Nobody takes items any more.</summary>
    void Close();
}
