using Shop.Cdk;

StoreApp.Create(RepositoryFolder.Find()).Synth();
