using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>Rules that start a function by the clock. A missed minute is not made up for: the next one comes.</summary>
internal static class Schedules
{
    public static Rule Every(Construct scope, string id, Deployment deployment, string name, int minutes, ServiceFunction function, RuleTargetInput? input = null)
    {
        var rule = new Rule(scope, $"{id}Schedule", new RuleProps
        {
            RuleName = deployment.Name(name),
            Schedule = Schedule.Rate(Duration.Minutes(minutes)),
        });
        rule.AddTarget(new LambdaFunction(function.Alias, new LambdaFunctionProps
        {
            MaxEventAge = Duration.Seconds(60),
            RetryAttempts = 0,
            Event = input,
        }));
        return rule;
    }
}
