namespace Shop.Reconciliation.Reports;

internal static class ReportHtml
{
    public static string Write(Report report) => report.RunId;
}
