using System.Text.RegularExpressions;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>Names and ARNs of state machines and executions.</summary>
public static partial class StepFunctionsArn
{
    public const string Account = "000000000000";

    public static string StateMachine(string region, string name) => $"arn:aws:states:{region}:{Account}:stateMachine:{name}";

    public static string Execution(string region, string machine, string name) =>
        $"arn:aws:states:{region}:{Account}:execution:{machine}:{name}";

    internal static void RequireName(string name)
    {
        if (name.Length is < 1 or > 80 || !GoodName().IsMatch(name))
        {
            throw new AwsServiceException("InvalidName", $"Invalid Name: '{name}'");
        }
    }

    internal static void RequireStateMachine(string arn) => Require(arn, "stateMachine");

    internal static void RequireExecution(string arn) => Require(arn, "execution");

    private static void Require(string arn, string resource)
    {
        if (!GoodArn().IsMatch(arn))
        {
            throw new AwsServiceException("InvalidArn", $"Invalid Arn: 'Invalid ARN prefix: {arn}'");
        }

        var type = arn.Split(':')[5];
        if (type != resource)
        {
            throw new AwsServiceException("InvalidArn", $"Invalid Arn: 'Resource type not valid in this context: {type}'");
        }
    }

    [GeneratedRegex("""\A[^\s<>{}\[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]+\z""")]
    private static partial Regex GoodName();

    [GeneratedRegex(@"\Aarn:aws[a-z-]*:states:[a-z0-9-]+:[0-9]{12}:\S+\z")]
    private static partial Regex GoodArn();
}
