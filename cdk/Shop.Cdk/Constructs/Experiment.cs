using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.FIS;
using Constructs;

namespace Shop.Cdk.Constructs;

internal sealed record ExperimentAction(string Name, string Action, string TargetKey, string TargetName, Dictionary<string, string> Parameters);

/// <summary>A FIS experiment that ends by itself, by an alarm of people, or when this Region stops selling although it should not.</summary>
internal sealed class Experiment : Construct
{
    public Experiment(Construct scope, string id, Deployment deployment, RegionSettings region, string name, string description, string roleArn, string logGroupArn,
        Dictionary<string, object> targets, ExperimentAction[] actions, string[] stopAlarms) : base(scope, id)
    {
        var arns = new StoreArns(this, deployment, region);
        var parts = new Dictionary<string, object>();
        foreach (var action in actions)
        {
            parts[action.Name] = new CfnExperimentTemplate.ExperimentTemplateActionProperty
            {
                ActionId = action.Action,
                Parameters = action.Parameters,
                Targets = new Dictionary<string, string> { [action.TargetKey] = action.TargetName },
            };
        }

        _ = new CfnExperimentTemplate(this, "Template", new CfnExperimentTemplateProps
        {
            Description = description,
            RoleArn = roleArn,
            Targets = targets,
            Actions = parts,
            StopConditions = global::System.Array.ConvertAll(stopAlarms, alarm => new CfnExperimentTemplate.ExperimentTemplateStopConditionProperty
            {
                Source = "aws:cloudwatch:alarm",
                Value = arns.Alarm(alarm),
            }),
            LogConfiguration = new CfnExperimentTemplate.ExperimentTemplateLogConfigurationProperty
            {
                LogSchemaVersion = 2,
                CloudWatchLogsConfiguration = new Dictionary<string, object> { ["LogGroupArn"] = logGroupArn },
            },
            ExperimentOptions = new CfnExperimentTemplate.ExperimentTemplateExperimentOptionsProperty { AccountTargeting = "single-account", EmptyTargetResolutionMode = "fail" },
            Tags = new Dictionary<string, string> { ["Name"] = deployment.Name(name), ["shop:environment"] = deployment.Environment },
        });
    }
}
