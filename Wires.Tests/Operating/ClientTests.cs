using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Wires.Cluster;
using Wires.Migration;
using Wires.Operating;
using Wires.Remoting;
using Wires.Serialization;
using Wires.Tests.Cluster;
using Wires.Tests.Runtime;
using Wires.Transport;
using Xunit;
using FrameKind = Wires.Remoting.FrameKind;

namespace Wires.Tests.Operating;

/// <summary>A client knows the cluster's secret and is no member: it may ask an operator's questions, whatever else it tries.</summary>
public sealed class ClientTests : IAsyncLifetime
{
    private LocalCluster _cluster = null!;
    private global::Wires.Transport.Transport _transport = null!;

    private LocalNode One => _cluster.Nodes[0];

    public async ValueTask InitializeAsync()
    {
        _cluster = await Clusters.StartAsync(2);
        _transport = new global::Wires.Transport.Transport(NodeIdentity.Client("hostile"), new TransportOptions { Secret = One.Inner.Cluster!.Member!.Secret }, new ClientHandler(), NullLogger.Instance);
        _transport.Watch();
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        await _cluster.DisposeAsync().Within("the cluster does not stop");
    }

    [Fact]
    public async Task ItIsAnsweredAnOperatorsQuestion()
    {
        byte[] answer = await new ClientPeer(await ConnectAsync()).AskAsync(OperatorQuestion.Node, [], TimeSpan.FromSeconds(10), CancellationToken.None).Within();
        Assert.Equal(OperatorDesk.Answered, answer[0]);
    }

    [Theory]
    [InlineData((byte)FrameKind.Define)]
    [InlineData((byte)FrameKind.Call)]
    [InlineData((byte)FrameKind.OneWay)]
    [InlineData((byte)FrameKind.Stream)]
    [InlineData((byte)FrameKind.Cancel)]
    [InlineData((byte)FrameKind.Flush)]
    [InlineData((byte)FrameKind.Image)]
    [InlineData((byte)FrameKind.Result)]
    public async Task AnyOtherFrameClosesItsConnection(byte kind)
    {
        Connection connection = await ConnectAsync();
        connection.Send([kind, .. new byte[64]]);
        await connection.Closed.Within("the connection is not closed");
        await StillServesAsync();
    }

    [Theory]
    [InlineData((byte)PeerQuestion.AcknowledgeClaim)]
    [InlineData((byte)PeerQuestion.Extend)]
    [InlineData((byte)PeerQuestion.Recover)]
    [InlineData((byte)0xC0)]
    [InlineData(MigrationQuestion.Offer)]
    [InlineData(MigrationQuestion.Record)]
    [InlineData(MigrationQuestion.Move)]
    public async Task AQuestionOfMembersClosesItsConnection(byte kind)
    {
        Connection connection = await ConnectAsync();
        await Assert.ThrowsAsync<WireUnreachableException>(() => new ClientPeer(connection).AskAsync(kind, new byte[32], TimeSpan.FromSeconds(10), CancellationToken.None)).Within();
        await connection.Closed.Within("the connection is not closed");
        await StillServesAsync();
    }

    [Fact]
    public async Task QuestionsThatMakeNoSenseAreNotAnsweredAndHarmNothing()
    {
        var peer = new ClientPeer(await ConnectAsync());
        var random = new Random(1);
        for (byte kind = OperatorQuestion.List; OperatorQuestion.IsOne(kind); kind++)
        {
            for (int i = 0; i < 50; i++)
            {
                byte[] question = new byte[random.Next(0, 40)];
                random.NextBytes(question);
                if (kind is OperatorQuestion.Expel or OperatorQuestion.Drain && question.Length >= 8)
                {
                    // Not "begin", which would be heard.
                    question[0] |= 1;
                }

                try
                {
                    await peer.AskAsync(kind, question, TimeSpan.FromSeconds(20), CancellationToken.None).Within();
                }
                catch (WireUnreachableException)
                {
                }
            }
        }

        await StillServesAsync();
    }

    [Fact]
    public void WhatNodesAnswerIsReadWithCare()
    {
        var random = new Random(2);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] answer = new byte[random.Next(0, 60)];
            random.NextBytes(answer);
            Read(answer, static bytes => { var reader = new ByteReader(bytes); reader.Node(); });
            Read(answer, static bytes => { var reader = new ByteReader(bytes); reader.Wires("n"); });
            Read(answer, static bytes => { var reader = new ByteReader(bytes); reader.Emptying(); });
            Read(answer, static bytes => { var reader = new ByteReader(bytes); reader.Pin(); });
        }

        static void Read(byte[] bytes, Action<byte[]> read)
        {
            try
            {
                read(bytes);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    private async Task<Connection> ConnectAsync()
    {
        global::Wires.Cluster.Member member = One.Inner.Cluster!.Member!.CurrentView!.Find(One.Inner.Cluster.Incarnation)!;
        return await _transport.ConnectAsync(IPEndPoint.Parse(member.Address), member.Incarnation, CancellationToken.None).Within();
    }

    private async Task StillServesAsync()
    {
        RemoteRef wire = await Clusters.HomedAsync<RemoteRef>(_cluster, _cluster.Nodes[1], One);
        Assert.Equal(One.Name, await wire.Where().Within());
    }
}
