import boto3


class Bucket:
    """The bucket of the laboratory."""

    def __init__(self, name):
        session = boto3.session.Session(
            aws_access_key_id="AKLABORATORYXXXXXXXX",
            aws_secret_access_key="laboratory" * 4,
            region_name="eu-central-1",
        )
        self._name = name
        self._client = session.client("s3")

    def address_of(self, name):
        return self._client.generate_presigned_url(
            "put_object", Params={"Bucket": self._name, "Key": name}, ExpiresIn=3_600
        )
