namespace Shop.Rehearsal.Supervision;

public interface IProcessLauncher
{
    /// <summary>Starts a child that can't outlive this process.</summary>
    Task<ChildProcess> StartAsync(ChildCommand command);
}
