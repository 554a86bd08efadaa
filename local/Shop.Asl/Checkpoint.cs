namespace Shop.Asl;

/// <summary>The states that were being run when an execution ended, with their inputs and variables.</summary>
public sealed class Checkpoint
{
    internal Checkpoint()
    {
    }
}
