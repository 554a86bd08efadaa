namespace Shop.Rehearsal.Drill;

/// <summary>The drill can't go on: its message is for the person who started it.</summary>
public sealed class DrillException(string message) : Exception(message);
