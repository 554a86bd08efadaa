using System.Text.Json;
using Shop.Simulation.Apis;
using Shop.Simulation.Executions;

namespace Shop.Simulation.Model;

internal sealed record Letter(string Topic, string Text, SimulatedExecution From);

/// <summary>What people get by SNS, and how they answer when they are asked.</summary>
internal sealed class Mailbox(World world)
{
    private static readonly JsonElement Yes = JsonElement.Parse("""{"approved":true,"by":"on-call"}""");

    public List<Letter> Letters { get; } = [];

    public void Deliver(JsonElement request, SimulatedExecution from)
    {
        var message = request.TryGetProperty("Message", out var body) ? body.GetRawText() : "";
        Letters.Add(new(request.Text("TopicArn"), $"{request.Text("Subject")}\n{message}", from));
    }

    /// <summary>A question with a task token in it.</summary>
    public void Ask(JsonElement request, SimulatedExecution from, string token)
    {
        Deliver(request, from);
        world.Referee.ApprovalAsked(from);
        var after = world.Setup.AnswerAfter;
        switch (world.Setup.Answer)
        {
            case ApprovalAnswer.Approve:
                world.Time.After(after, () => Approve(from, token));
                break;
            case ApprovalAnswer.Deny:
                world.Time.After(after, () => Deny(from, token));
                break;
            case ApprovalAnswer.ApproveThenDeny:
                world.Time.After(after, () => Approve(from, token));
                world.Time.After(after + TimeSpan.FromSeconds(1), () => Deny(from, token));
                break;
            default:
                break;
        }
    }

    private void Approve(SimulatedExecution from, string token)
    {
        if (from.Cloud.Tokens.Succeed(token, Yes))
        {
            world.Referee.Answered(from, isApproved: true);
        }
    }

    private void Deny(SimulatedExecution from, string token)
    {
        if (from.Cloud.Tokens.Fail(token, "Shop.ApprovalDenied", "Denied by on-call."))
        {
            world.Referee.Answered(from, isApproved: false);
        }
    }
}
