using Shop.Aws.Secrets;

namespace Shop.Reconciliation.Tests.Servers;

internal sealed class FixedSecrets : ISecrets
{
    public const string User = "reconcile";
    public const string Password = "only-for-tests";

    public Task<Secret> GetAsync(string secretId, bool refresh = false, CancellationToken cancellationToken = default) =>
        Task.FromResult(new Secret(User, Password));
}
