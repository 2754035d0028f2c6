import boto3


class Bucket:
    """The bucket of one shop, opened with the shop's own key."""

    def __init__(self, shop):
        session = boto3.session.Session(
            aws_access_key_id=f"AK{shop.upper():X<18}",
            aws_secret_access_key=shop * 4,
            region_name="eu-central-1",
        )
        self._name = f"photos-{shop}"
        self._client = session.client("s3")

    def address_of(self, name):
        return self._client.generate_presigned_url(
            "put_object", Params={"Bucket": self._name, "Key": name}, ExpiresIn=3_600
        )
