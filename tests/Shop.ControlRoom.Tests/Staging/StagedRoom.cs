using System.Collections.Concurrent;
using Shop.Rehearsal.ControlRoom.Live;
using Shop.Rehearsal.Hosting;

namespace Shop.ControlRoom.Tests.Staging;

/// <summary>A room that shows what a test puts into it and remembers what it is told, so that every state of the page can be looked at without waiting for it.</summary>
internal sealed class StagedRoom : IRoom
{
    public StagedRoom(RoomView view)
    {
        View = view;
        Recorder = new Recorder(TimeProvider.System);
    }

    public RoomView View { get; set; }

    public ConcurrentQueue<CommandRequest> Told { get; } = new();

    /// <summary>What a command throws, if it does.</summary>
    public Exception? Refusal { get; set; }

    public Recorder Recorder { get; }

    public IReadOnlyList<string> Regions => [.. View.Regions.Select(r => r.Name)];

    public RoomView Look() => View with { At = TimeProvider.System.GetUtcNow() };

    public Task<string> RunAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        Told.Enqueue(request);
        return Refusal is null ? Task.FromResult($"Did {request.Text}.") : throw Refusal;
    }
}
