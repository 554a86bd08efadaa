using System.Text.Json.Nodes;

namespace Shop.Simulation.Planted;

/// <summary>What planted bugs ask of states and do to them: by what a state does, never by its name.</summary>
internal static class AslEdits
{
    public static bool Calls(this JsonObject state, string action) => ((string?)state["Resource"])?.EndsWith(action, StringComparison.Ordinal) == true;

    public static bool Invokes(this JsonObject state, string function) =>
        state.Calls("lambda:invoke") && ((string?)state["Parameters"]?["FunctionName"])?.EndsWith($":{function}", StringComparison.Ordinal) == true;

    public static bool Nests(this JsonObject state, string machine) =>
        state.Calls("startExecution.sync:2") && ((string?)state["Parameters"]?["StateMachineArn"])?.EndsWith($":{machine}", StringComparison.Ordinal) == true;

    /// <summary>Whether it writes the item of the lock.</summary>
    public static bool WritesLock(this JsonObject state, string action) => state.Calls(action)
        && ((string?)(state["Parameters"]?["Item"] ?? state["Parameters"]?["Key"])?["pk"]?["S"])?.StartsWith("lock#", StringComparison.Ordinal) == true;

    /// <summary>The rules of a Choice state that ask about a variable.</summary>
    public static IReadOnlyList<JsonObject> RulesOn(this JsonObject state, string variable) =>
        [.. (state["Choices"] as JsonArray ?? []).Select(r => r!.AsObject()).Where(r => r.ToJsonString().Contains($"\"Variable\":\"{variable}\"", StringComparison.Ordinal))];

    /// <summary>Replaces words of one of its parameters.</summary>
    public static bool Replace(this JsonObject state, string parameter, string words, string other)
    {
        if ((string?)state["Parameters"]![parameter] is not { } text || !text.Contains(words, StringComparison.Ordinal))
        {
            return false;
        }

        state["Parameters"]![parameter] = text.Replace(words, other, StringComparison.Ordinal);
        return true;
    }

    public static bool Remove(this JsonObject state, params string[] fields)
    {
        var removed = 0;
        foreach (var field in fields)
        {
            removed += state.Remove(field) ? 1 : 0;
        }

        return removed > 0;
    }

    /// <summary>Takes what asks about a variable out of an And.</summary>
    public static bool DropFromAnd(this JsonObject rule, string variable)
    {
        var all = rule["And"]!.AsArray();
        return all.FirstOrDefault(condition => (string?)condition!["Variable"] == variable) is { } found && all.Remove(found);
    }

    /// <summary>The state does nothing any more and goes on.</summary>
    public static bool Skip(this JsonObject state, JsonNode? result = null)
    {
        var next = (string?)state["Next"];
        state.Clear();
        state["Type"] = "Pass";
        if (result is not null)
        {
            state["Result"] = result;
        }

        if (next is null)
        {
            state["End"] = true;
        }
        else
        {
            state["Next"] = next;
        }

        return true;
    }

    /// <summary>A rule of a Choice state that leads elsewhere.</summary>
    public static bool LeadsTo(this JsonObject rule, string next)
    {
        rule["Next"] = next;
        return true;
    }

    /// <summary>A Choice state that always takes its default.</summary>
    public static bool AlwaysDefault(this JsonObject choice)
    {
        var next = (string)choice["Default"]!;
        choice.Clear();
        choice["Type"] = "Pass";
        choice["Next"] = next;
        return true;
    }

    /// <summary>Whatever fails is passed over.</summary>
    public static bool CatchAllTo(this JsonObject state, string next)
    {
        state["Catch"] = new JsonArray(new JsonObject { ["ErrorEquals"] = new JsonArray("States.ALL"), ["ResultPath"] = "$.passedOver", ["Next"] = next });
        return true;
    }

    /// <summary>Takes out what can't be reached any more: a definition with such states is refused.</summary>
    public static void Prune(JsonObject block)
    {
        var states = block["States"]!.AsObject();
        var reached = new HashSet<string>();
        var next = new Queue<string>([(string)block["StartAt"]!]);
        while (next.TryDequeue(out var name))
        {
            if (!reached.Add(name))
            {
                continue;
            }

            var state = states[name]!;
            var exits = (state["Choices"] as JsonArray ?? []).Concat(state["Catch"] as JsonArray ?? []).Select(e => (string?)e!["Next"]);
            foreach (var exit in exits.Append((string?)state["Next"]).Append((string?)state["Default"]).OfType<string>())
            {
                next.Enqueue(exit);
            }
        }

        foreach (var name in states.Select(s => s.Key).Where(name => !reached.Contains(name)).ToList())
        {
            states.Remove(name);
        }
    }

    /// <summary>Turns each On that stands beside an Off into an Off, and the other way round.</summary>
    public static bool SwapOnAndOff(JsonNode? node)
    {
        if (node is JsonArray array && array.Count == 2 && array.All(e => e is JsonObject entry && entry["arn"] is not null && entry["state"] is not null))
        {
            var (first, second) = (array[0]!.AsObject(), array[1]!.AsObject());
            var (a, b) = ((string)first["state"]!, (string)second["state"]!);
            (first["state"], second["state"]) = (b, a);
            return a != b;
        }

        var children = node switch
        {
            JsonObject o => o.Select(p => p.Value).ToList(),
            JsonArray list => [.. list],
            _ => [],
        };
        var swapped = false;
        foreach (var child in children)
        {
            swapped |= SwapOnAndOff(child);
        }

        return swapped;
    }
}
