namespace Shop.Reconcile;

/// <summary>The command line, the environment or a file is not what it should be; the message is for the person who typed it.</summary>
internal sealed class UsageException(string message) : Exception(message);
