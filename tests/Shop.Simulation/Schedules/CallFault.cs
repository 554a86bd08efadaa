namespace Shop.Simulation.Schedules;

/// <param name="Call">The number of the task's attempt, counted over all executions of the run, from 0.</param>
/// <param name="Kind">What goes wrong with it.</param>
internal readonly record struct CallFault(int Call, FaultKind Kind);

/// <param name="Event">The number of the event after which it happens, counted over all histories of the run, from 1.</param>
/// <param name="Kind">What happens.</param>
internal readonly record struct Boundary(int Event, BoundaryKind Kind);
