using System.Text.Json;

namespace Shop.Rehearsal.EventBridge;

/// <summary>An event that its target did not take.</summary>
public sealed record DeadLetter(string RuleName, string TargetArn, JsonElement Event, string Error, int Attempts, DateTimeOffset Time);
