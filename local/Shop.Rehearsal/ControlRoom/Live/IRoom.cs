using Shop.Rehearsal.Hosting;

namespace Shop.Rehearsal.ControlRoom.Live;

/// <summary>What the control room's page looks at and tells what to do.</summary>
internal interface IRoom
{
    Recorder Recorder { get; }

    IReadOnlyList<string> Regions { get; }

    RoomView Look();

    /// <exception cref="CommandException">It can't be done, and why.</exception>
    Task<string> RunAsync(CommandRequest request, CancellationToken cancellationToken);
}
