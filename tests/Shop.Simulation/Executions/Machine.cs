using Shop.Asl;
using Shop.Simulation.Judging;

namespace Shop.Simulation.Executions;

/// <summary>A state machine of one Region, as deployed there, and what there is to reach in it.</summary>
internal sealed record Machine(string Name, string Region, string Arn, StateMachine Definition, MachineMap Map);
