using RayTracer.Rendering;

namespace RayTracer.View;

/// <summary>What there is to see at one moment.</summary>
/// <param name="Title">What is going on.</param>
/// <param name="Job">What is rendered.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Nodes">The nodes, in the order in which they came.</param>
/// <param name="Preview">See <see cref="Picture.Preview"/>; empty where nobody looks.</param>
/// <param name="Elapsed">Since it began.</param>
/// <param name="Moves">How many wires have moved.</param>
/// <param name="Events">What has happened to the cluster.</param>
internal sealed record ViewFrame(string Title, RenderJob Job, PictureStatus Status, IReadOnlyList<NodeRow> Nodes, byte[] Preview, TimeSpan Elapsed, int Moves, IReadOnlyList<string> Events);

/// <summary>A node, as it is shown.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Speed">In processors.</param>
/// <param name="Load">1 is all that it can do.</param>
/// <param name="Wires">How many wires live there.</param>
/// <param name="Finished">How many tiles it has finished.</param>
/// <param name="State">A word about it: joined, drains, gone.</param>
internal sealed record NodeRow(string Name, double Speed, double Load, int Wires, int Finished, string State);
