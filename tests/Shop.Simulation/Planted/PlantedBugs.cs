using System.Text.Json.Nodes;

namespace Shop.Simulation.Planted;

/// <summary>Mistakes of the kind that a review can miss, each with the rule that must notice it.</summary>
internal static class PlantedBugs
{
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("the lock is taken without a condition", "acts ")
        {
            ChangeState = static (_, state, _) => state.WritesLock("putItem") && state["Parameters"]!.AsObject().Remove("ConditionExpression", "ExpressionAttributeValues"),
        },
        new("a lock is taken over though its holder runs", "acts ")
        {
            ChangeState = static (_, state, _) => state.RulesOn("$.holder.status").Count > 0 && state.AlwaysDefault(),
        },
        new("the promotion is retried", "asks blindly")
        {
            ChangeState = static (_, state, _) =>
            {
                if (!state.Calls("rds:failoverGlobalCluster"))
                {
                    return false;
                }

                state["Retry"] = JsonNode.Parse("""[{"ErrorEquals":["States.ALL"],"IntervalSeconds":2,"MaxAttempts":3}]""");
                return true;
            },
        },
        new("On and Off are mixed up", "shoppers are not led")
        {
            ChangeState = static (machine, state, _) => machine == "regional-failover" && AslEdits.SwapOnAndOff(state["Assign"]),
        },
        new("the fence is not undone", "is still out of service")
        {
            ChangeState = static (_, state, _) => state.Nests("routing-control")
                && (string?)state["Parameters"]!["Input"]!["entries.$"] != "$routingEntries.toThisRegion" && state.Skip(),
        },
        new("the fence is left out", "without having tried to fence")
        {
            ChangeState = static (machine, state, states) => machine == "regional-failover" && state["Choices"] is JsonArray { Count: 1 } rules
                && states[(string)rules[0]!["Next"]!]!.AsObject().Nests("routing-control") && rules[0]!["Variable"]?.ToString() == "$request.mode" && state.AlwaysDefault(),
        },
        new("a database that fails ends the run", "are not looked for")
        {
            ChangeState = static (_, state, _) => state.Nests("aurora-failover") && state.Remove("Catch"),
        },
        new("an operation under way is not seen", "against what it has just seen")
        {
            ChangeState = static (machine, state, _) =>
            {
                if (machine != "aurora-failover" || state["ResultSelector"]?["operationTargets.$"] is null)
                {
                    return false;
                }

                state["ResultSelector"]!["operationTargets.$"] = "States.Array()";
                return true;
            },
        },
        new("no operation under way is taken for done", "the writer of")
        {
            ChangeState = static (machine, state, _) => machine == "aurora-failover"
                && state.RulesOn("$.facts.targetIsWriter") is [var rule] && rule.DropFromAnd("$.facts.targetIsWriter"),
        },
        new("nobody is asked", "without the approval")
        {
            ChangeState = static (machine, state, _) => machine == "regional-failover" && state["Choices"] is JsonArray { Count: 1 }
                && state.RulesOn("$approval.required").Count > 0 && state.AlwaysDefault(),
        },
        new("silence is taken for a yes", "without the approval")
        {
            ChangeState = static (machine, state, _) => machine == "regional-failover" && state.Calls("publish.waitForTaskToken") && state.CatchAllTo((string)state["Next"]!),
        },
        new("the lock is not released", "left its lock")
        {
            ChangeState = static (_, state, _) => state.WritesLock("updateItem") && state.Skip(),
        },
        new("reconciliation is never started", "are not looked for")
        {
            ChangeState = static (_, state, _) => state.Calls(":states:startExecution") && state.Skip(new JsonObject { ["status"] = "STARTED" }),
        },
        new("a planned move uses the call that may lose data", "may lose data, which nobody has allowed")
        {
            ChangeState = static (machine, state, states) =>
            {
                if (machine != "aurora-failover" || state["Choices"] is not JsonArray rules || !rules.Any(r => r!["Variable"]?.ToString() == "$.mode"))
                {
                    return false;
                }

                rules.First(r => r!["Variable"]?.ToString() == "$.mode")!["Next"] = states.First(s => s.Value!.AsObject().Calls("rds:failoverGlobalCluster")).Key;
                return true;
            },
        },
        new("a dry run goes on", "of a dry run changes something")
        {
            ChangeState = static (machine, state, _) => machine == "regional-failover" && state["Choices"] is JsonArray { Count: > 2 } rules
                && state.RulesOn("$request.dryRun").FirstOrDefault(r => (string?)r["Variable"] == "$request.dryRun") is { } rule && rules.Remove(rule),
        },
        new("a copy is deleted once, and what comes of it is not looked at", "nobody was told")
        {
            ChangeState = static (_, state, _) => state.Calls("rds:deleteDBCluster") && state.Remove("Retry") && state.CatchAllTo((string)state["Next"]!),
        },
        new("a reconciliation does not claim its work", "and so did another")
        {
            ChangeState = static (machine, state, _) => machine == "reconciliation" && state.Calls("dynamodb:putItem")
                && state["Parameters"]!.AsObject().Remove("ConditionExpression", "ExpressionAttributeValues"),
        },
        new("a failure leaves no record", "left no record")
        {
            ChangeState = static (machine, state, _) => machine == "regional-failover" && state.Calls("dynamodb:putItem")
                && (string?)state["Parameters"]!["Item"]!["runState"]?["S"] == "FAILED" && state.Skip(),
        },
        new("a retry does not know the lock that it has taken itself", "succeeded by doing nothing")
        {
            ChangeState = static (_, state, _) => state.WritesLock("putItem") && state.Replace("ConditionExpression", " OR executionArn = :me", ""),
        },
        new("what a former life of the run has moved is forgotten", "are not looked for")
        {
            ChangeState = static (_, state, _) => state.RulesOn("$.wasElsewhere.moved").Count > 0 && state.AlwaysDefault(),
        },
        new("what a dead run had begun is forgotten by the one that takes over", "which was stopped")
        {
            ChangeState = static (_, state, _) => state.Invokes("shop-evaluate-preflight") && state["Parameters"]!["Payload"]!.AsObject().Remove("inherited.$"),
        },
        new("a trigger counts as served though its run was stopped", "succeeded by doing nothing")
        {
            ChangeState = static (_, state, _) => state.RulesOn("$.holder.status") is [var rule, ..] && rule.DropFromAnd("$.holder.status"),
        },
        new("a claim is taken over though its holder runs", "works on the copy")
        {
            ChangeState = static (machine, state, _) => machine == "reconciliation" && state.RulesOn("$.claimant.status") is [var rule, ..] && rule.LeadsTo("TakeOverClaim"),
        },
        new("the function of routing swallows its errors", "shoppers are not led") { ChangeWorld = static setup => setup with { RoutingFunctionSwallowsErrors = true } },
    ];
}
