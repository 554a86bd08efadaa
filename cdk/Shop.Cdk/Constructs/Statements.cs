using System.Collections.Generic;
using Amazon.CDK.AWS.IAM;

namespace Shop.Cdk.Constructs;

/// <summary>Policy statements in words: exact actions on exact resources.</summary>
internal static class Statements
{
    public static PolicyStatement Allow(string[] actions, params string[] resources) =>
        new(new PolicyStatementProps { Actions = actions, Resources = resources });

    public static PolicyStatement AllowIf(string[] actions, string[] resources, string test, string key, object value) => new(new PolicyStatementProps
    {
        Actions = actions,
        Resources = resources,
        Conditions = new Dictionary<string, object> { [test] = new Dictionary<string, object> { [key] = value } },
    });

    public static PolicyStatement DenyPlainHttp(string[] actions, params string[] resources) => new(new PolicyStatementProps
    {
        Effect = Effect.DENY,
        Principals = [new AnyPrincipal()],
        Actions = actions,
        Resources = resources,
        Conditions = new Dictionary<string, object> { ["Bool"] = new Dictionary<string, object> { ["aws:SecureTransport"] = "false" } },
    });
}
