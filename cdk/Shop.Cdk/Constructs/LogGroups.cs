using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>Log groups with a name of the environment, an end, and a key.</summary>
internal static class LogGroups
{
    public static LogGroup Create(Construct scope, string id, Deployment deployment, string name, IKey? key) => new(scope, id, new LogGroupProps
    {
        LogGroupName = $"/shop/{deployment.Environment}/{name}",
        Retention = Days(deployment.LogDays),
        EncryptionKey = key,
        RemovalPolicy = RemovalPolicy.DESTROY,
    });

    // CloudWatch knows only some numbers of days; the next longer one is taken.
    private static RetentionDays Days(int days) => days switch
    {
        <= 1 => RetentionDays.ONE_DAY,
        <= 3 => RetentionDays.THREE_DAYS,
        <= 5 => RetentionDays.FIVE_DAYS,
        <= 7 => RetentionDays.ONE_WEEK,
        <= 14 => RetentionDays.TWO_WEEKS,
        <= 30 => RetentionDays.ONE_MONTH,
        <= 60 => RetentionDays.TWO_MONTHS,
        <= 90 => RetentionDays.THREE_MONTHS,
        <= 180 => RetentionDays.SIX_MONTHS,
        <= 365 => RetentionDays.ONE_YEAR,
        _ => RetentionDays.TEN_YEARS,
    };
}
